package dev.dcr.sbom;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** A file of somebody else's in the bootable jar, as a component of CycloneDX 1.6. */
record Part(Coordinates coordinates, String location, String sha256, List<Licence> licences) {
    record Licence(String name, String url) {}

    /** Of Maven; where nothing tells the group, the name of the file is all there is. */
    record Coordinates(Optional<String> group, String name, Optional<String> version, Optional<String> classifier) {
        /** These where they tell the group, the others where they are known. */
        Coordinates orElse(Optional<Coordinates> others) {
            return group.isPresent() ? this : others.orElse(this);
        }

        Optional<String> purl() {
            return group.map(known -> "pkg:maven/%s/%s@%s?%stype=jar"
                    .formatted(
                            known,
                            name,
                            version.orElseThrow(),
                            classifier.map("classifier=%s&"::formatted).orElse("")));
        }
    }

    String reference() {
        return coordinates.purl().orElse(location);
    }

    JsonObject component() {
        var component = Json.createObjectBuilder().add("type", "library").add("bom-ref", reference());
        coordinates.group().ifPresent(group -> component.add("group", group));
        component.add("name", coordinates.name());
        coordinates.version().ifPresent(version -> component.add("version", version));
        component.add(
                "hashes",
                Json.createArrayBuilder()
                        .add(Json.createObjectBuilder().add("alg", "SHA-256").add("content", sha256)));
        var terms = Json.createArrayBuilder();
        for (var licence : licences) terms.add(Json.createObjectBuilder().add("license", described(licence)));
        component.add("licenses", terms);
        coordinates.purl().ifPresent(purl -> component.add("purl", purl));
        var place = Json.createObjectBuilder().add("location", location);
        return component
                .add(
                        "evidence",
                        Json.createObjectBuilder()
                                .add("occurrences", Json.createArrayBuilder().add(place)))
                .build();
    }

    private static JsonObject described(Licence licence) {
        return Json.createObjectBuilder()
                .add("name", licence.name())
                .add("url", licence.url())
                .build();
    }
}
