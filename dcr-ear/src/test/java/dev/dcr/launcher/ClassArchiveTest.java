package dev.dcr.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassArchiveTest {
    @TempDir
    private Path folder;

    private ClassArchive archive;

    @BeforeEach
    void make() throws IOException {
        archive = ClassArchive.of(Files.createFile(folder.resolve("dcr-server.jar")));
        replaceBy("OpenJDK (" + System.getProperty("java.vm.version") + ") for linux");
    }

    private void replaceBy(String content) throws IOException {
        archive.replaceBy(Files.writeString(folder.resolve("made"), content));
    }

    @Test
    void liesBesideTheJar() {
        assertThat(folder.resolve("dcr-server.jsa")).isRegularFile();
        assertThat(archive.isUsable()).isTrue();
        assertThat(archive.option()).isEqualTo("-XX:SharedArchiveFile=" + folder.resolve("dcr-server.jsa"));
    }

    @Test
    void needNotBeThere() throws IOException {
        Files.delete(archive.file());

        assertThat(archive.isUsable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
    void isNotBelievedWhereOthersMayWriteIt(String permissions) throws IOException {
        Files.setPosixFilePermissions(archive.file(), PosixFilePermissions.fromString(permissions));

        assertThat(archive.isUsable()).isFalse();
    }

    @Test
    void isNotBelievedWhereItIsALink() throws IOException {
        Files.move(archive.file(), folder.resolve("elsewhere"));
        Files.createSymbolicLink(archive.file(), folder.resolve("elsewhere"));

        assertThat(archive.isUsable()).isFalse();
    }

    @Test
    void isOfNoUseToALaterJar() throws IOException {
        var later = Files.getLastModifiedTime(archive.file()).toMillis() + 1000;
        Files.setLastModifiedTime(archive.jar(), FileTime.fromMillis(later));

        assertThat(archive.isUsable()).isFalse();
    }

    @Test
    void isOfNoUseToAnotherJava() throws IOException {
        replaceBy("OpenJDK (16.0.2+7) for linux");

        assertThat(archive.isUsable()).isFalse();
    }

    @Test
    void isNotMadeWhereNothingCanBeWritten() {
        assertThatThrownBy(() -> Prepare.folderBeside(Path.of("/proc/dcr-server.jar")))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("Beside /proc/dcr-server.jar nothing can be written");
    }
}
