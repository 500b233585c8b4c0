package dev.outgrow.internal.wayback;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequencesTest {
    /** A counter may be kept as text, which SQLite counts on from; what a counter has given out is never given out again. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            5,    9, 9
            12,   9, 12
            '10', 9, 10
            '8',  9, 9
            NULL, 9, 9
            """, quoteCharacter = '"')
    void raisesToWhatWasGivenOut(String kept, long given, long greatest) throws SQLException {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = file.createStatement()) {
            statement.executeUpdate("CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT)");
            statement.executeUpdate("INSERT INTO sqlite_sequence VALUES ('t', " + kept + ")");
            Sequences.raise(file, "t", given);
            statement.executeUpdate("INSERT INTO t DEFAULT VALUES");
            try (ResultSet row = statement.executeQuery("SELECT max(id) FROM t")) {
                assertThat(row.getLong(1)).isEqualTo(greatest + 1);
            }
        }
    }
}
