package dev.dcr.endpoint;

import dev.dcr.config.HttpConfig;
import java.net.URI;

/** Paths of this server as the world sees them: {@code dcr.public_base_url} and {@code dcr.base_path} before them. */
final class PublicAddress {
    private PublicAddress() {}

    /**
     * @param base where the request found this server, for want of a configured address
     * @param path with a leading slash, such as {@code /register}
     */
    static String of(HttpConfig config, URI base, String path) {
        var root = config.publicBaseUrl().orElse(base).toString();
        var start = root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        return start + config.basePath() + path;
    }
}
