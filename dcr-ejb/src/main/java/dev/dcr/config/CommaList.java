package dev.dcr.config;

import java.util.ArrayList;
import java.util.List;

/** A list in one string, as MicroProfile Config writes it: commas part, a backslash escapes the next character. */
final class CommaList {
    private CommaList() {}

    /** The elements without surrounding blanks; empty ones are left out. */
    static List<String> parse(String joined) {
        var elements = new ArrayList<String>();
        var element = new StringBuilder();
        for (int i = 0; i < joined.length(); i++) {
            var c = joined.charAt(i);
            if (c == ',') {
                elements.add(element.toString().strip());
                element.setLength(0);
            } else {
                element.append(c == '\\' && i + 1 < joined.length() ? joined.charAt(++i) : c);
            }
        }
        elements.add(element.toString().strip());
        elements.removeIf(String::isEmpty);
        return List.copyOf(elements);
    }

    /** One element as it stands in such a list. */
    static String escape(String element) {
        return element.replace("\\", "\\\\").replace(",", "\\,");
    }
}
