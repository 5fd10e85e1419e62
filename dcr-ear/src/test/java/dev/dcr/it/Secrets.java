package dev.dcr.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every secret that the servers of a test run were given or gave out, to be looked for in everything they write. The
 * drivers tell it what they see: replies what was issued, set-ups what was configured.
 */
final class Secrets {
    /** Of this run, from the first test to the last. */
    static final Secrets SEEN = new Secrets();

    /** What this server issues: base64url of a length of its own, never part of something longer that it writes. */
    private static final Pattern ISSUED = Pattern.compile(
            "\"(?:client_secret|registration_access_token|initial_access_token)\"\\s*:\\s*\"([A-Za-z0-9_-]{36,})\"");

    /** Shorter ones of tests ({@code sandbox}) are words that stand anywhere. */
    private static final Pattern CONFIGURED =
            Pattern.compile("(?:token|password|client_secret)\\s*=\\s*\"([^\"\\n]{16,})\"");

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_-]{36,}");

    private final Set<String> issued = ConcurrentHashMap.newKeySet();
    private final Set<Integer> lengths = ConcurrentHashMap.newKeySet();
    private final Set<String> configured = ConcurrentHashMap.newKeySet();

    /** A reply that hands out credentials. */
    void inReply(String body) {
        ISSUED.matcher(body).results().map(match -> match.group(1)).forEach(secret -> {
            issued.add(secret);
            lengths.add(secret.length());
        });
    }

    /** A {@code deployment.toml}. */
    void inConfiguration(String toml) {
        CONFIGURED.matcher(toml).results().map(match -> match.group(1)).forEach(configured::add);
    }

    /** The content of a file that holds nothing else: a password, or a key on each line. */
    void inFile(String content) {
        content.lines().filter(line -> line.length() >= 16).forEach(configured::add);
    }

    /** The secrets that a text tells. */
    List<String> in(String text) {
        return Stream.concat(issuedIn(text), configured.stream().filter(text::contains))
                .distinct()
                .toList();
    }

    /** Looks each stretch of a secret's length up: there may be thousands of secrets, and megabytes to search. */
    private Stream<String> issuedIn(String text) {
        return RUN.matcher(text)
                .results()
                .map(match -> match.group())
                .flatMap(run -> lengths.stream()
                        .filter(length -> length <= run.length())
                        .flatMap(length -> IntStream.rangeClosed(0, run.length() - length)
                                .mapToObj(at -> run.substring(at, at + length))
                                .filter(issued::contains)));
    }

    /** The secrets that are told by what a server has written below its directory, each with its file. */
    List<String> below(Path directory) {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(Secrets::isOfTheServer)
                    .flatMap(file -> in(read(file)).stream().map(secret -> file + ": " + secret))
                    .toList();
        } catch (IOException | UncheckedIOException vanished) {
            throw new AssertionError("cannot look for secrets", vanished);
        }
    }

    /** Not what its operator gave it, nor the key that it made for itself. */
    private static boolean isOfTheServer(Path file) {
        var name = file.getFileName().toString();
        return !name.endsWith(".toml") && !name.endsWith(".key") && !name.endsWith(".jar");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException vanished) {
            throw new UncheckedIOException(vanished);
        }
    }
}
