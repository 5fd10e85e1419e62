package dev.dcr.rules;

import dev.dcr.metadata.ClientUri;
import java.util.regex.Pattern;

/** The forms of a certificate's subject alternative names (RFC 5280 §4.2.1.6). None of them is looked up. */
final class CertificateNames {
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern DNS = Pattern.compile("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*");
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern EMAIL = Pattern.compile("[!#-'*+/-9=?A-Z^-~.-]{1,64}@(.+)");

    private CertificateNames() {}

    static boolean isDns(String text) {
        return DNS.matcher(text).matches();
    }

    static boolean isUri(String text) {
        return ClientUri.parse(text).isPresent();
    }

    static boolean isIp(String text) {
        // java.net.URI knows the grammar of an IPv6 literal
        return IPV4.matcher(text).matches()
                || (text.indexOf(':') >= 0
                        && ClientUri.parse("https://[" + text + "]/")
                                .filter(uri -> uri.host().length() == text.length() + 2)
                                .isPresent());
    }

    static boolean isEmail(String text) {
        var email = EMAIL.matcher(text);
        return email.matches() && isDns(email.group(1));
    }
}
