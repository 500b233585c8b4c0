package dev.outgrow.internal.sqlite.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.testing.Corpus;
import dev.outgrow.testing.NeedsShared;
import dev.outgrow.testing.SqliteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real databases, read from their pages and through SQLite. */
@NeedsShared("corpus")
class CorpusRowsIT {
    @TempDir
    Path folder;

    @Test
    void readsWhatSqliteReads() throws SQLException, IOException {
        List<String> unread = new ArrayList<>();
        long fromPages = 0;
        int number = 0;
        for (Path original : Corpus.files()) {
            Path file = Corpus.copy(original, Files.createDirectory(folder.resolve(Integer.toString(number++))));
            SqliteFiles.write(file, "PRAGMA wal_checkpoint(TRUNCATE)");
            try (RowComparison comparison = new RowComparison(file)) {
                for (SqliteTable table : comparison.tables()) {
                    RowQuery all = RowQuery.all(table, RowComparison.columns(table));
                    long rows = comparison.compare(all);
                    if (comparison.isReadFromPages(all)) {
                        fromPages += rows;
                    } else if (!table.withoutRowid()
                            && table.columns().stream()
                                    .allMatch(column -> column.generation().isEmpty())) {
                        unread.add(original.getFileName() + " " + table.name());
                    }
                }
            }
        }
        assertThat(unread).as("tables that SQLite had to read").isEmpty();
        assertThat(fromPages).isPositive();
    }
}
