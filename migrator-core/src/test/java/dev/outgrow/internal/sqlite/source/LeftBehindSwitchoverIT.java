package dev.outgrow.internal.sqlite.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A switch of a database whose app was killed. */
@ExtendWith(TestPostgres.class)
class LeftBehindSwitchoverIT {
    @TempDir
    Path folder;

    private static Map<String, String> files(Path folder) throws Exception {
        Map<String, String> files = new TreeMap<>();
        for (String name : Objects.requireNonNull(folder.toFile().list())) {
            if (!name.contains("outgrow")) {
                files.put(name, new String(Files.readAllBytes(folder.resolve(name)), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    /** SQLite recovers the old file once somebody looks at it, which is no write of anybody's. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "WITH_A_HOT_JOURNAL",
                "WITH_A_WAL",
                "WITH_A_HOT_JOURNAL_IN_WAL_MODE",
                "WITH_A_WAL_AND_AN_INDEX_IN_ROLLBACK_MODE"
            })
    void freezesAndLeavesWhatAKilledAppHasLeft(LeftBehind state, TestDatabase database) throws Exception {
        Path place = Files.createDirectory(folder.resolve("app"));
        Path app = place.resolve("app.db");
        state.make(app, Files.createDirectory(folder.resolve("workplace")));
        Map<String, String> before = files(place);
        Switchover switchover =
                Switchover.of(Migration.from(app).to(database.dataSource())).seal(false);
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.MIGRATION_DUE);
        switchover.switchOver();
        assertThat(database.value("SELECT count(*) || ' ' || sum(id) FROM a")).isEqualTo("1000 500500");
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
        assertThat(files(place)).isEqualTo(before);
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + app);
                Statement statement = sqlite.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM a")) {
            assertThat(row.getInt(1)).isEqualTo(1000);
        }
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + app);
                Statement statement = sqlite.createStatement()) {
            statement.execute("DELETE FROM a WHERE id > 998");
        }
        assertThat(switchover.carryLateWrites().rows()).isEqualTo(2);
        assertThat(database.value("SELECT count(*) FROM a")).isEqualTo("998");
    }
}
