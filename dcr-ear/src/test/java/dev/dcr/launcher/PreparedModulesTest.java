package dev.dcr.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedModulesTest {
    @TempDir
    private Path folder;

    private PreparedModules modules;

    @BeforeEach
    void make() throws IOException, Refusal {
        modules = of(jar("its content"));
    }

    private Path jar(String content) throws IOException {
        var jar = folder.resolve("dcr-server.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var entry : Map.of(
                            "server/modules/org/", "",
                            "server/modules/org/module.xml", content,
                            "server/standalone/standalone.xml", "",
                            "Main.class", "")
                    .entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes());
            }
        }
        return jar;
    }

    private PreparedModules of(Path jar) throws IOException, Refusal {
        try (var files = ServerFiles.of(jar)) {
            var made = PreparedModules.of(files);
            made.make(files, Files.createTempDirectory(folder, "temporary"));
            return made;
        }
    }

    private boolean areLent() throws IOException {
        var home = Files.createTempDirectory(folder, "home");
        var lent = modules.lend(home);
        assertThat(Files.exists(home.resolve("modules/org/module.xml"))).isEqualTo(lent);
        return lent;
    }

    @Test
    void lieBesideTheJar() throws IOException {
        assertThat(modules.folder()).hasParent(folder);
        assertThat(modules.folder().getFileName().toString()).matches("dcr-server\\.modules-\\p{XDigit}{8}");
        assertThat(modules.folder().resolve("org/module.xml")).hasContent("its content");
        assertThat(areLent()).isTrue();
    }

    @Test
    void canBeReadByAllAndWrittenByTheirOwnerAlone() throws IOException {
        try (var files = Files.walk(modules.folder())) {
            assertThat(files)
                    .hasSize(4)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo(Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
    void areNotBelievedWhereOthersMayWriteThem(String permissions) throws IOException {
        Files.setPosixFilePermissions(modules.folder(), PosixFilePermissions.fromString(permissions));

        assertThat(areLent()).isFalse();
    }

    @Test
    void areNotMadeWhereThereIsALink() throws IOException {
        Files.move(modules.folder(), folder.resolve("elsewhere"));
        Files.createSymbolicLink(modules.folder(), folder.resolve("nowhere"));

        assertThatThrownBy(() -> of(modules.jar()))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        modules.folder() + " is a link, or not the jar owner's alone. Delete it, and prepare again");
    }

    @Test
    void areNotBelievedWhereTheyAreALink() throws IOException {
        Files.move(modules.folder(), folder.resolve("elsewhere"));
        Files.createSymbolicLink(modules.folder(), folder.resolve("elsewhere"));

        assertThat(areLent()).isFalse();
    }

    @Test
    void areNotLentWhereNobodyCanShareThem() throws IOException {
        Files.delete(modules.folder().resolve("running"));

        assertThat(areLent()).isFalse();
    }

    @Test
    void ofAnotherJarTakeTheirPlace() throws IOException, Refusal {
        var another = of(jar("other content"));

        assertThat(another.folder()).isDirectory().isNotEqualTo(modules.folder());
        assertThat(modules.folder()).doesNotExist();
        assertThat(areLent()).isFalse();
    }
}
