package dev.dcr.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A server whose clock is wrong: an agent for its process that, where the product makes its one clock, has it call
 * {@link #systemUTC()} of this class instead of {@link Clock#systemUTC()}.
 */
public final class ShiftedTime implements ClassFileTransformer {
    private static final String MAKER = "dev/dcr/startup/Time";
    private static final String NAME = ShiftedTime.class.getName().replace('.', '/');

    private static volatile Duration shift = Duration.ZERO;

    /** Called by the JVM before the server starts. */
    public static void premain(String by, Instrumentation process) {
        shift = Duration.parse(by);
        process.addTransformer(new ShiftedTime());
    }

    /** The wrong time. */
    public static Clock systemUTC() {
        return Clock.offset(Clock.systemUTC(), shift);
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
        if (!MAKER.equals(name)) return null;
        var shifted = new String(bytes, ISO_8859_1).replace(constant("java/time/Clock"), constant(NAME));
        return shifted.getBytes(ISO_8859_1);
    }

    /** JVM specification §4.4.7: how a name stands in the constant pool. */
    private static String constant(String name) {
        return "\1" + (char) (name.length() >> 8) + (char) (name.length() & 0xff) + name;
    }

    /** What the environment variable {@code JAVA_TOOL_OPTIONS} of such a server must be. */
    static String by(Duration shift) {
        return "-javaagent:" + jar() + "=" + shift + " -Djboss.modules.system.pkgs="
                + ShiftedTime.class.getPackageName();
    }

    private static Path jar() {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ShiftedTime.class.getName());
        try {
            var file = Files.createTempFile(Path.of("target"), "shifted-time", ".jar")
                    .toAbsolutePath();
            try (var jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                    var own = ShiftedTime.class.getResourceAsStream("/" + NAME + ".class")) {
                jar.putNextEntry(new JarEntry(NAME + ".class"));
                own.transferTo(jar);
            }
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
