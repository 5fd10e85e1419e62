package dev.dcr.sbom;

import dev.dcr.sbom.Part.Coordinates;
import dev.dcr.sbom.Part.Licence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What WildFly says of the libraries it brings: {@code docs/licenses/licenses.xml} of a provisioned server. */
record LicenceSummary(Map<String, Entry> byName) {
    record Entry(Coordinates coordinates, List<Licence> licences) {}

    /** The summary lists what the feature packs could bring, too. */
    private static final String ABSENT = "Not Installed";

    static LicenceSummary read(Path file) throws IOException {
        try {
            var root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            var entries = new LinkedHashMap<String, Entry>();
            children(root, "dependency").filter(LicenceSummary::installed).forEach(dependency -> {
                var entry = entry(dependency);
                entries.putIfAbsent(name(entry.coordinates()), entry);
            });
            return new LicenceSummary(entries);
        } catch (ParserConfigurationException | SAXException invalid) {
            throw new IOException(file + " is no summary of licences", invalid);
        }
    }

    /** By the file's name, or, where the server renames it, by what is inside. */
    Optional<Entry> of(Library library) throws IOException {
        var named = byName.get(library.name().replaceFirst("\\.jar$", ""));
        return Optional.ofNullable(named == null ? byName.get(name(library.coordinates())) : named);
    }

    private static String name(Coordinates coordinates) {
        return coordinates.name() + "-" + coordinates.version().orElse("");
    }

    private static boolean installed(Element dependency) {
        return !text(dependency, "version").equals(ABSENT);
    }

    private static Entry entry(Element dependency) {
        var coordinates = new Coordinates(
                Optional.of(text(dependency, "groupId")),
                text(dependency, "artifactId"),
                Optional.of(text(dependency, "version")),
                Optional.empty());
        return new Entry(
                coordinates,
                children(dependency, "license")
                        .map(licence -> new Licence(text(licence, "name"), text(licence, "url")))
                        .toList());
    }

    private static String text(Element parent, String name) {
        return children(parent, name).findFirst().map(Element::getTextContent).orElse("");
    }

    private static Stream<Element> children(Element parent, String name) {
        var found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }
}
