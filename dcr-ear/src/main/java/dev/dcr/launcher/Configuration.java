package dev.dcr.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the launcher knows of the configuration.
 *
 * @param values by name, see {@link Preflight#get}
 */
record Configuration(Map<String, String> values) {
    private static final String OWN = "launcher.";
    static final String ADMIN_TOKEN = OWN + "admin-token";
    static final String DATA_FOLDER = OWN + "data-folder";

    /** In the jar, the classes that only the preflight needs lie in this folder. */
    private static final String FOLDER = "preflight/";

    private static final String LOGGING = "org.jboss.logging.provider";

    Configuration {
        values = Map.copyOf(values);
    }

    /**
     * Reads the configuration from the file, the environment and system properties.
     *
     * @throws Refusal if there are mistakes in it
     */
    static Configuration read() throws Refusal {
        // with the JDK's logging once started, WildFly could not install its log manager
        System.setProperty(LOGGING, "slf4j");
        try (var classes = new URLClassLoader(new URL[] {folder()}, ClassLoader.getPlatformClassLoader())) {
            return new Configuration(preflight(classes).get());
        } catch (IOException | ReflectiveOperationException broken) {
            throw new IllegalStateException("dcr-server.jar is not complete", broken);
        } catch (RuntimeException refused) {
            if (!refused.getClass().getSimpleName().equals("ConfigurationRefused")) throw refused;
            throw new Refusal(refused.getMessage());
        } finally {
            System.clearProperty(LOGGING);
        }
    }

    /** Hands to the server what the configuration says of its data source and of its handshakes. */
    void steerServer() {
        values.forEach((name, value) -> {
            if (!name.startsWith(OWN)) System.setProperty(name, value);
        });
    }

    /**
     * Makes the folder of an embedded database, if it is not there, for nobody else to look into: H2 would leave it open.
     *
     * @throws Refusal if it cannot be made
     */
    void makeDataFolder() throws Refusal {
        var folder = values.get(DATA_FOLDER);
        if (folder == null || Files.isDirectory(Path.of(folder))) return;
        try {
            var ownerAlone = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(Path.of(folder), ownerAlone);
        } catch (IOException unusable) {
            throw new Refusal("the folder of dcr.database.url cannot be made: " + unusable);
        }
    }

    Optional<String> adminToken() {
        return Optional.ofNullable(values.get(ADMIN_TOKEN));
    }

    @SuppressWarnings("unchecked") // the class beside this one says so
    private static Supplier<Map<String, String>> preflight(ClassLoader classes) throws ReflectiveOperationException {
        Thread.currentThread().setContextClassLoader(classes);
        return (Supplier<Map<String, String>>)
                classes.loadClass("dev.dcr.launcher.Preflight").getConstructor().newInstance();
    }

    private static URL folder() throws IOException {
        return URI.create("jar:" + Installation.jar().toUri() + "!/" + FOLDER).toURL();
    }
}
