package dev.dcr.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One value in the encoding of X.690 §10, as far as names need it. The platform keeps its own reader to itself, and what
 * it prints of a name is not always what the name says: a leading blank before {@code #}, for one, gets lost.
 */
record Der(byte tag, ByteBuffer content) {
    /** X.680 §8.6: the string types that names are encoded in, by their tag. */
    private static final Map<Byte, Charset> STRINGS = Map.of(
            (byte) 0x0c, UTF_8, // UTF8String
            (byte) 0x12, US_ASCII, // NumericString
            (byte) 0x13, US_ASCII, // PrintableString
            (byte) 0x14, ISO_8859_1, // TeletexString, as it is used
            (byte) 0x16, US_ASCII, // IA5String
            (byte) 0x1a, US_ASCII, // VisibleString
            (byte) 0x1c, Charset.forName("UTF-32BE"), // UniversalString
            (byte) 0x1e, UTF_16BE); // BMPString

    /** The value that is encoded in all of the octets. Empty if none is. */
    static Optional<Der> parse(byte[] encoded) {
        var elements = elements(ByteBuffer.wrap(encoded));
        return elements.size() == 1 ? Optional.of(elements.get(0)) : Optional.empty();
    }

    /** The values that this one is a sequence or a set of. Empty if it is none. */
    List<Der> elements() {
        return elements(content.duplicate());
    }

    private static List<Der> elements(ByteBuffer octets) {
        var elements = new ArrayList<Der>();
        while (octets.remaining() >= 2) {
            var tag = octets.get();
            var length = length(octets);
            if (length < 0 || length > octets.remaining()) return List.of();
            elements.add(new Der(tag, octets.slice(octets.position(), length)));
            octets.position(octets.position() + length);
        }
        return octets.hasRemaining() ? List.of() : elements;
    }

    /** Negative where it is of no form, or of one longer than any name. */
    private static int length(ByteBuffer octets) {
        var first = octets.get() & 0xff;
        if (first < 0x80) return first;
        if (first == 0x81 && octets.hasRemaining()) return octets.get() & 0xff;
        if (first == 0x82 && octets.remaining() >= 2) return octets.getShort() & 0xffff;
        return -1;
    }

    /** The text, where this is a string of any type. */
    Optional<String> text() {
        if (!STRINGS.containsKey(tag)) return Optional.empty();
        try {
            var decoder = STRINGS.get(tag).newDecoder();
            return Optional.of(decoder.decode(content.duplicate()).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    /** X.690 §8.19: the first two numbers share one. */
    String oid() {
        var dotted = new StringBuilder();
        var number = 0L;
        for (var octets = content.duplicate(); octets.hasRemaining(); ) {
            var octet = octets.get();
            number = number << 7 | octet & 0x7f;
            if (octet < 0) continue;
            if (dotted.isEmpty()) {
                var root = Math.min(number / 40, 2);
                dotted.append(root);
                number -= root * 40;
            }
            dotted.append('.').append(number);
            number = 0;
        }
        return dotted.toString();
    }

    /** The content in hexadecimal, behind its tag. */
    String toHex() {
        var octets = new byte[content.remaining()];
        content.duplicate().get(octets);
        return HexFormat.of().toHexDigits(tag) + " " + HexFormat.of().formatHex(octets);
    }
}
