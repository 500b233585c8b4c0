package dev.outgrow.internal.sqlite.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.option.Backup;
import dev.outgrow.testing.Corpus;
import dev.outgrow.testing.NeedsShared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of real applications, in whatever state they were published. */
@NeedsShared("corpus")
class CorpusTest {
    @TempDir
    private Path folder;

    @Test
    void takesASnapshotOfEachOrSaysWhyNotAndChangesNone() throws IOException {
        Path corpus = Corpus.folder();
        List<String> refused = new ArrayList<>();
        int taken = 0;
        for (Path file : databases(corpus)) {
            Path copy = copy(file);
            Map<String, String> before = Folder.contents(folder);
            try (Snapshot snapshot = SourceDatabase.of(copy).passingSnapshot(Backup.beside())) {
                assertThat(snapshot.fingerprint()).hasSize(64);
                taken++;
            } catch (MigrationException e) {
                refused.add(corpus.relativize(file) + " " + e.reason());
            }
            assertThat(Folder.contents(folder)).as("%s", file).isEqualTo(before);
            clear();
        }
        assertThat(taken).as("refused: %s", refused).isGreaterThan(refused.size() * 10);
        assertThat(refused).noneMatch(line -> line.endsWith("UNEXPECTED"));
    }

    private static List<Path> databases(Path corpus) throws IOException {
        try (Stream<Path> files = Files.walk(corpus)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith("-wal")
                            && !file.toString().endsWith("-journal")
                            && !file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private Path copy(Path file) throws IOException {
        SourceFile original = new SourceFile(file);
        Path copy = folder.resolve(file.getFileName().toString());
        SourceFile copied = new SourceFile(copy);
        Files.copy(file, copy);
        if (Files.exists(original.wal())) {
            Files.copy(original.wal(), copied.wal());
        }
        if (Files.exists(original.journal())) {
            Files.copy(original.journal(), copied.journal());
        }
        return copy;
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
