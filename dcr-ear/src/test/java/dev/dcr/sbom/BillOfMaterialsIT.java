package dev.dcr.sbom;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is shipped and what it says of itself; nothing is started for it. */
class BillOfMaterialsIT {
    private static final String BILL = "META-INF/sbom/dcr-server.cdx.json";

    /** Decided on, each of them: a licence that is not here is a question for people. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "Apache License 2.0",
            "BSD 3-Clause \"New\" or \"Revised\" License",
            "Creative Commons Attribution 2.5",
            "Eclipse Distribution License, Version 1.0",
            "Eclipse Public License 1.0",
            "Eclipse Public License 2.0",
            "GNU General Public License v2.0 only, with Classpath exception",
            "GNU Lesser General Public License v2.1 only",
            "GNU Lesser General Public License v2.1 or later",
            "GNU Lesser General Public License v3.0 or later",
            "Indiana University Extreme! Lab Software License 1.1.1",
            "MIT",
            "MIT License",
            "MIT-0",
            "Mozilla Public License 2.0");

    @Test
    void listsEveryLibraryOfTheServerByItsDigest() throws Exception {
        try (var jar = shipped("dcr-server.jar")) {
            assertThat(BillOfMaterials.digests(bill(jar)).collect(toSet()))
                    .containsAll(digests(jar, name -> name.startsWith("server/") && name.endsWith(".jar")));
        }
    }

    @Test
    void listsEveryLibraryOfTheEarByItsDigest() throws Exception {
        try (var jar = shipped("dcr-server.jar");
                var ear = shipped("dcr.ear")) {
            assertThat(BillOfMaterials.digests(bill(jar)).collect(toSet()))
                    .containsAll(digests(ear, name -> name.matches("lib/.+\\.jar")));
        }
    }

    @Test
    void listsTheLibraryThatGaveOnlySomeFiles() throws Exception {
        assertThat(bill().getJsonArray("components").getValuesAs(JsonObject.class))
                .extracting(component -> component.getString("name"))
                .contains("swagger-ui");
    }

    @Test
    void shipsNothingUnderALicenceThatNobodyDecidedOn() throws Exception {
        assertThat(bill().getJsonArray("components").getValuesAs(JsonObject.class).stream()
                        .filter(component -> component.containsKey("licenses"))
                        .flatMap(component -> component.getJsonArray("licenses").getValuesAs(JsonObject.class).stream())
                        .map(choice -> choice.getJsonObject("license"))
                        .map(licence -> licence.getString("id", licence.getString("name", ""))))
                .isSubsetOf(ALLOWED);
    }

    @Test
    void shipsNothingThatTellsOfOneBuild() throws Exception {
        try (var jar = shipped("dcr-server.jar")) {
            assertThat(bill(jar)).doesNotContainKey("serialNumber");
            assertThat(bill(jar).getJsonObject("metadata")).doesNotContainKey("timestamp");
            assertThat(jar.stream().map(ZipEntry::getName))
                    .noneMatch(name -> name.startsWith("server/standalone/log/") || name.endsWith("/process-uuid"));
            assertThat(jar.stream().map(ZipEntry::getTimeLocal).distinct()).hasSize(1);
        }
    }

    private static ZipFile shipped(String name) throws IOException {
        return new ZipFile("target/" + name);
    }

    private static JsonObject bill() throws IOException {
        try (var jar = shipped("dcr-server.jar")) {
            return bill(jar);
        }
    }

    private static JsonObject bill(ZipFile jar) throws IOException {
        try (var reader = Json.createReader(jar.getInputStream(jar.getEntry(BILL)))) {
            return reader.readObject();
        }
    }

    private static Set<String> digests(ZipFile archive, Predicate<String> names) throws Exception {
        var digests = new HashSet<String>();
        for (var entry : archive.stream().filter(e -> names.test(e.getName())).toList())
            try (var content = archive.getInputStream(entry)) {
                digests.add(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content.readAllBytes())));
            }
        return digests;
    }
}
