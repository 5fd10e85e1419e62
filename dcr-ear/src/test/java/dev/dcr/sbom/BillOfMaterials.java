package dev.dcr.sbom;

import static java.util.stream.Collectors.toCollection;

import dev.dcr.sbom.LicenceSummary.Entry;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bill of materials of the bootable jar: that of the EAR, which Maven knows, and every library of the provisioned
 * server and of the launcher, which it does not.
 */
final class BillOfMaterials {
    private final LicenceSummary summary;
    private final List<Part> parts = new ArrayList<>();

    private BillOfMaterials(LicenceSummary summary) {
        this.summary = summary;
    }

    /** @param arguments the EAR's bill, the folders of the server and of the launcher's libraries, the file to write */
    public static void main(String... arguments) throws IOException {
        var server = Path.of(arguments[1]);
        var bill = new BillOfMaterials(LicenceSummary.read(server.resolve("docs/licenses/licenses.xml")));
        bill.addAll(server, "server/");
        bill.addAll(Path.of(arguments[2]), "preflight/");
        write(bill.completing(read(Path.of(arguments[0]))), Path.of(arguments[3]));
    }

    private void addAll(Path folder, String prefix) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Library::is).sorted().toList())
                parts.add(part(new Library(file), prefix + folder.relativize(file)));
        }
    }

    private Part part(Library library, String location) throws IOException {
        var known = summary.of(library);
        var coordinates = library.coordinates().orElse(known.map(Entry::coordinates));
        return new Part(
                coordinates,
                location,
                library.sha256(),
                known.map(Entry::licences).orElse(List.of()));
    }

    private JsonObject completing(JsonObject ear) {
        var components = Json.createArrayBuilder(ear.getJsonArray("components"));
        var listed = digests(ear).collect(toCollection(HashSet::new));
        for (var part : parts) if (listed.add(part.sha256())) components.add(part.component());
        return Json.createObjectBuilder(ear).add("components", components).build();
    }

    /** The SHA-256 of every file that a bill lists. */
    static Stream<String> digests(JsonObject bill) {
        return bill.getJsonArray("components").getValuesAs(JsonObject.class).stream()
                .flatMap(component -> component.getJsonArray("hashes").getValuesAs(JsonObject.class).stream())
                .filter(hash -> hash.getString("alg").equals("SHA-256"))
                .map(hash -> hash.getString("content"));
    }

    private static JsonObject read(Path file) throws IOException {
        try (var reader = Json.createReader(Files.newInputStream(file))) {
            return reader.readObject();
        }
    }

    private static void write(JsonObject bill, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (var writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(Files.newOutputStream(file))) {
            writer.writeObject(bill);
        }
    }
}
