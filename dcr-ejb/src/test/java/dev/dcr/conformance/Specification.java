package dev.dcr.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A specification that binds a registration endpoint, and its clauses: a paragraph of {@code conformance.txt}, whose
 * first line names it and whose other lines are clauses.
 */
record Specification(String title, String address, List<Clause> clauses) {
    private static final Pattern PARAGRAPH = Pattern.compile("\n{2,}");

    /**
     * One demand of a specification.
     *
     * @param id       the specification, the section and a word, parted by hyphens; tests name it in a {@code @Tag}
     * @param level    how strong the demand is, in the words of RFC 2119
     * @param demand   what is asked, in our words
     * @param decision what this server does about it
     */
    record Clause(String id, String level, String demand, String decision) {

        static Clause parse(String line) {
            var cells = line.split(" \\| ", -1);
            if (cells.length != 4) throw new IllegalArgumentException("not four cells: " + line);
            return new Clause(cells[0], cells[1], cells[2], cells[3]);
        }

        /** The section, by its number or its title, as the second part of the id has it. */
        String section() {
            var section = id.split("-", 3)[1];
            return Character.isDigit(section.charAt(0)) ? "§" + section : section;
        }
    }

    private static Specification parse(String paragraph) {
        var lines = paragraph.lines().toList();
        var head = lines.get(0).split(" \\| ", -1);
        var clauses = new ArrayList<Clause>();
        lines.stream().skip(1).map(Clause::parse).forEach(clauses::add);
        return new Specification(head[0], head[1], List.copyOf(clauses));
    }

    /** All of them, in the order of the page. */
    static List<Specification> all() throws IOException {
        try (var table = Specification.class.getResourceAsStream("/conformance.txt")) {
            var text = new String(table.readAllBytes(), StandardCharsets.UTF_8).strip();
            return PARAGRAPH.splitAsStream(text).map(Specification::parse).toList();
        }
    }
}
