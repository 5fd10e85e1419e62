package dev.dcr.metadata;

import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * One attribute of a {@link DistinguishedName}, in the form in which its matching rule compares it.
 *
 * @param type   the OID, or an unknown name in lower case
 * @param isText whether the value is text, prepared for comparison; else it is an encoding in hexadecimal
 */
public record NameAttribute(String type, boolean isText, String value) {
    /** By RFC 4519, RFC 2985, X.520 and the guidelines of the CA/Browser Forum. All of them match by caseIgnoreMatch. */
    private static final Map<String, String> OIDS = Map.ofEntries(
            Map.entry("cn", "2.5.4.3"),
            Map.entry("sn", "2.5.4.4"),
            Map.entry("serialnumber", "2.5.4.5"),
            Map.entry("c", "2.5.4.6"),
            Map.entry("l", "2.5.4.7"),
            Map.entry("st", "2.5.4.8"),
            Map.entry("street", "2.5.4.9"),
            Map.entry("o", "2.5.4.10"),
            Map.entry("ou", "2.5.4.11"),
            Map.entry("title", "2.5.4.12"),
            Map.entry("businesscategory", "2.5.4.15"),
            Map.entry("postalcode", "2.5.4.17"),
            Map.entry("givenname", "2.5.4.42"),
            Map.entry("organizationidentifier", "2.5.4.97"),
            Map.entry("uid", "0.9.2342.19200300.100.1.1"),
            Map.entry("dc", "0.9.2342.19200300.100.1.25"),
            Map.entry("emailaddress", "1.2.840.113549.1.9.1"),
            Map.entry("jurisdictioncountryname", "1.3.6.1.4.1.311.60.2.1.3"),
            Map.entry("jurisdictionstateorprovincename", "1.3.6.1.4.1.311.60.2.1.2"),
            Map.entry("jurisdictionlocalityname", "1.3.6.1.4.1.311.60.2.1.1"));

    static NameAttribute of(String type, String text) {
        var oid = oid(type);
        return new NameAttribute(oid, true, OIDS.containsValue(oid) ? prepared(text) : text);
    }

    /** @param encoding RFC 4514 §2.4: what stands behind the {@code #} */
    static NameAttribute of(String type, byte[] encoding) {
        return Der.parse(encoding)
                .map(value -> of(type, value))
                .orElseGet(
                        () -> new NameAttribute(oid(type), false, HexFormat.of().formatHex(encoding)));
    }

    static NameAttribute of(String type, Der value) {
        return value.text()
                .map(text -> of(type, text))
                .orElseGet(() -> new NameAttribute(oid(type), false, value.toHex()));
    }

    private static String oid(String type) {
        var name = type.toLowerCase(Locale.ROOT);
        return OIDS.getOrDefault(name, name.startsWith("oid.") ? name.substring("oid.".length()) : name);
    }

    /** RFC 4518 §2: neither case nor the form of a letter nor the number of blanks counts. */
    public static String prepared(String text) {
        var mapped = text.replaceAll("[\\t-\\r\\u0085]", " ")
                .replaceAll("[\\p{Cc}\\p{Cf}\\u034F\\u200B\\uFE00-\\uFE0F\\uFFFC]", "");
        var composed = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        var folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC)
                .replaceAll("\\p{Z}+", " ")
                .strip();
    }
}
