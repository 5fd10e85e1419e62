package dev.dcr.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes inputs that are nearly right out of right ones: what parsers are wrong about is rarely pure noise. */
final class Mutation {
    private static final int MOST_STEPS = 4;
    private static final int LARGEST = 16_384;

    /** What parsers trip over. */
    private static final List<byte[]> PIECES = Stream.concat(
                    Stream.of(
                                    "\0",
                                    "\r\n",
                                    "\n",
                                    "\u2028",
                                    "\u202e",
                                    "\u001b[31m",
                                    "\ufeff",
                                    "\ud83d\ude00",
                                    "\\u0000",
                                    "\\ud800",
                                    "null",
                                    "true",
                                    "-1",
                                    "1e400",
                                    "1e-400",
                                    "9223372036854775808",
                                    "0.1",
                                    "[]",
                                    "{}",
                                    "[",
                                    "{",
                                    "\"",
                                    "\\",
                                    "'",
                                    ",",
                                    ":",
                                    ".",
                                    "..",
                                    "=",
                                    "%",
                                    "%00",
                                    "%0d%0a",
                                    "%2",
                                    "+",
                                    ";",
                                    "/",
                                    "://",
                                    "@",
                                    "#",
                                    "*",
                                    "?",
                                    " ",
                                    "\t",
                                    "http://",
                                    "https://",
                                    "javascript:",
                                    "127.0.0.1",
                                    "[::1]",
                                    "localhost",
                                    "none",
                                    "HS256",
                                    "x5c",
                                    "[[".repeat(40),
                                    "a".repeat(5000),
                                    " ".repeat(5000),
                                    "1".repeat(1000))
                            .map(text -> text.getBytes(UTF_8)),
                    Stream.of(
                                    "\u00c0\u00af",
                                    "\u00ed\u00a0\u0080",
                                    "\u00ff\u00fe",
                                    "\u0080",
                                    "0\u0084\u00ff\u00ff\u00ff\u00ff")
                            .map(octets -> octets.getBytes(ISO_8859_1)))
            .toList();

    private final Random random;
    private final List<byte[]> seeds;

    Mutation(Random random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    byte[] next() {
        var input = seed();
        for (var steps = 1 + random.nextInt(MOST_STEPS); steps > 0; steps--) input = step(input);
        return input.length > LARGEST ? Arrays.copyOf(input, LARGEST) : input;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] step(byte[] input) {
        var at = random.nextInt(input.length + 1);
        var to = Math.min(input.length, at + random.nextInt(20));
        return switch (random.nextInt(6)) {
            case 0 -> replaced(input, at, to, new byte[0]);
            case 1 -> replaced(input, at, at, piece());
            case 2 -> replaced(input, at, to, piece());
            case 3 -> replaced(input, at, Math.min(input.length, at + 1), new byte[] {(byte) random.nextInt(256)});
            case 4 -> replaced(input, at, at, Arrays.copyOfRange(input, at, to));
            default -> crossed(input, seed());
        };
    }

    private byte[] piece() {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    private byte[] crossed(byte[] left, byte[] right) {
        var from = random.nextInt(right.length + 1);
        return replaced(
                left, random.nextInt(left.length + 1), left.length, Arrays.copyOfRange(right, from, right.length));
    }

    private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
        var made = new ByteArrayOutputStream();
        made.write(input, 0, from);
        made.writeBytes(by);
        made.write(input, to, input.length - to);
        return made.toByteArray();
    }
}
