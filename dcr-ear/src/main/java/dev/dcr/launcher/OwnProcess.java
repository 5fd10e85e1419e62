package dev.dcr.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * This process, as Linux knows it.
 *
 * @param program     the file that it runs
 * @param command     its arguments, the name that the program was called by first
 * @param environment its variables, each with its value
 */
record OwnProcess(Path program, List<String> command, List<String> environment) {
    private static final Path SELF = Path.of("/proc/self");

    /** The processors that the jar has a library for, by their names in Java. */
    private static final Set<String> LIBRARIES = Set.of("amd64", "aarch64");

    /** The C library that they need, among the files that a process has loaded. */
    private static final Pattern GLIBC = Pattern.compile("/libc(-2\\.\\d+\\.so|\\.so\\.6)\\s");

    OwnProcess {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
    }

    /** Whether the system tells of it, as Linux does. */
    static boolean isKnown() {
        return Files.exists(SELF.resolve("exe"));
    }

    /** @throws IOException if the system does not let this process look at itself */
    static OwnProcess read() throws IOException {
        return new OwnProcess(Files.readSymbolicLink(SELF.resolve("exe")), strings("cmdline"), strings("environ"));
    }

    /**
     * To be asked before an attempt to replace it, which starts the JDK's logging: after that WildFly cannot start any more.
     *
     * @throws IOException if it cannot be replaced; the message says why
     */
    static void requireReplaceable() throws IOException {
        if (!LIBRARIES.contains(System.getProperty("os.arch")) || !hasGlibc())
            throw new IOException("there is no library for this system");
        var temporary = Path.of(System.getProperty("java.io.tmpdir"));
        if (!mayHoldPrograms(temporary)) throw new IOException("no program may lie in " + temporary);
    }

    /**
     * Puts the same program in this one's place, by {@code execve}: its number, its input and output, and who waits for its
     * end stay what they are.
     *
     * @param options   arguments that come before all others
     * @param variables those that are not set are set
     * @throws IOException  if the system refuses
     * @throws LinkageError if there is no way to ask the system
     */
    void replace(List<String> options, Map<String, String> variables) throws IOException {
        // it would write below the home directory else
        System.setProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"));
        var execve = NativeLibrary.getProcess().getFunction("execve", 0, ISO_8859_1.name());
        var more = options.stream().map(OwnProcess::bytes).toList();
        execve.invokeInt(new Object[] {bytes(program.toString()), with(more), with(variables)});
        throw new IOException("execve failed with error " + Native.getLastError());
    }

    private static boolean hasGlibc() throws IOException {
        return GLIBC.matcher(Files.readString(SELF.resolve("maps"), ISO_8859_1)).find();
    }

    private static boolean mayHoldPrograms(Path folder) throws IOException {
        var owners = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var probe = Files.createTempFile(folder, "dcr-probe", "", owners);
        try {
            return Files.isExecutable(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private String[] with(List<String> options) {
        var arguments = new ArrayList<>(command);
        arguments.addAll(1, options);
        return arguments.toArray(String[]::new);
    }

    private String[] with(Map<String, String> variables) {
        var more = variables.entrySet().stream()
                .filter(variable -> environment.stream().noneMatch(set -> set.startsWith(variable.getKey() + '=')))
                .map(variable -> variable.getKey() + '=' + variable.getValue());
        return Stream.concat(environment.stream(), more).toArray(String[]::new);
    }

    /** A text as the system has it, a character for each byte, like all that was read from the system. */
    private static String bytes(String text) {
        return new String(text.getBytes(Charset.forName(System.getProperty("native.encoding"))), ISO_8859_1);
    }

    /** Bytes as they are, each ended by a zero; whichever encoding they are in, they leave as they came. */
    private static List<String> strings(String file) throws IOException {
        var bytes = new String(Files.readAllBytes(SELF.resolve(file)), ISO_8859_1);
        return bytes.isEmpty()
                ? List.of()
                : List.of(bytes.substring(0, bytes.length() - 1).split("\0", -1));
    }
}
