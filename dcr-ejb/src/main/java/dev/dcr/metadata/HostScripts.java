package dev.dcr.metadata;

import static java.lang.Character.UnicodeScript.BOPOMOFO;
import static java.lang.Character.UnicodeScript.COMMON;
import static java.lang.Character.UnicodeScript.HAN;
import static java.lang.Character.UnicodeScript.HANGUL;
import static java.lang.Character.UnicodeScript.HIRAGANA;
import static java.lang.Character.UnicodeScript.INHERITED;
import static java.lang.Character.UnicodeScript.KATAKANA;

import java.lang.Character.UnicodeScript;
import java.net.IDN;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Spots host names that pass for others by mixing look-alike letters of several writing systems (RFC 5890 §4.4). */
final class HostScripts {
    /** Scripts that one language writes side by side. */
    private static final List<Set<UnicodeScript>> COMBINED =
            List.of(Set.of(HAN, HIRAGANA, KATAKANA), Set.of(HAN, HANGUL), Set.of(HAN, BOPOMOFO));

    private static final Pattern DOT = Pattern.compile("\\.");

    private HostScripts() {}

    /** Whether a label of the host, in its ASCII form, stands for letters of several scripts. */
    static boolean mixed(String host) {
        return DOT.splitAsStream(host).filter(label -> label.startsWith("xn--")).anyMatch(HostScripts::isMixed);
    }

    private static boolean isMixed(String label) {
        var scripts = IDN.toUnicode(label)
                .codePoints()
                .mapToObj(UnicodeScript::of)
                .filter(script -> script != COMMON && script != INHERITED)
                .collect(Collectors.toSet());
        return scripts.size() > 1 && COMBINED.stream().noneMatch(combined -> combined.containsAll(scripts));
    }
}
