package dev.dcr.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    OwnProcess {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
    }

    static boolean canBeReplaced() {
        return Files.exists(SELF.resolve("exe"));
    }

    static OwnProcess read() throws IOException {
        return new OwnProcess(Files.readSymbolicLink(SELF.resolve("exe")), strings("cmdline"), strings("environ"));
    }

    /**
     * Puts the same program in this one's place, by {@code execve}: its number, its input and output, and who waits for its
     * end stay what they are.
     *
     * @param options   arguments that come before all others
     * @param variables those that are not set are set
     * @throws IOException  if the system refuses; all is as before
     * @throws LinkageError if there is no way to ask the system, for example since no library may be loaded from the
     *                      temporary directory; all is as before
     */
    void replace(List<String> options, Map<String, String> variables) throws IOException {
        // it would write below the home directory else
        System.setProperty("jna.tmpdir", System.getProperty("java.io.tmpdir"));
        var execve = NativeLibrary.getProcess().getFunction("execve", 0, ISO_8859_1.name());
        execve.invokeInt(new Object[] {name(program), with(options), with(variables)});
        throw new IOException("execve failed with error " + Native.getLastError());
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

    private static byte[] name(Path file) {
        return Native.toByteArray(file.toString(), System.getProperty("native.encoding"));
    }

    /** Bytes as they are, each ended by a zero; whichever encoding they are in, they leave as they came. */
    private static List<String> strings(String file) throws IOException {
        var bytes = new String(Files.readAllBytes(SELF.resolve(file)), ISO_8859_1);
        return bytes.isEmpty()
                ? List.of()
                : List.of(bytes.substring(0, bytes.length() - 1).split("\0", -1));
    }
}
