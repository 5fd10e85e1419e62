package dev.dcr.sbom;

import dev.dcr.sbom.Part.Coordinates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A jar, or a native library that WildFly took out of one, and what it says about itself. */
record Library(Path file) {
    private static final Pattern KIND = Pattern.compile(".+\\.(jar|so|dll|dylib|jnilib)");

    private static final Pattern NAME =
            Pattern.compile("(?<artifact>.+?)-(?<version>\\d[^-]*)(-(?<classifier>.+))?\\.jar");

    static boolean is(Path file) {
        return KIND.matcher(file.toString()).matches();
    }

    String name() {
        return file.getFileName().toString();
    }

    String sha256() throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** As Maven left them inside, unless the jar holds other jars, too; else what the file's name tells. */
    Coordinates coordinates() throws IOException {
        if (!name().endsWith(".jar")) return named();
        try (var zip = new ZipFile(file.toFile())) {
            var all = zip.stream()
                    .filter(entry -> entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties"))
                    .toList();
            return all.size() == 1 ? recorded(zip, all.get(0)) : named();
        }
    }

    private Coordinates recorded(ZipFile zip, ZipEntry entry) throws IOException {
        var recorded = new Properties();
        try (var content = zip.getInputStream(entry)) {
            recorded.load(content);
        }
        return new Coordinates(
                Optional.of(recorded.getProperty("groupId")),
                recorded.getProperty("artifactId"),
                Optional.of(recorded.getProperty("version")),
                named().classifier());
    }

    private Coordinates named() {
        var parts = NAME.matcher(name());
        return parts.matches()
                ? new Coordinates(
                        Optional.empty(),
                        parts.group("artifact"),
                        Optional.of(parts.group("version")),
                        Optional.ofNullable(parts.group("classifier")))
                : new Coordinates(Optional.empty(), name(), Optional.empty(), Optional.empty());
    }
}
