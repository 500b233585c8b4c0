package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Foreign keys of which somebody has disabled the triggers of one side. */
@ExtendWith(TestPostgres.class)
class HalfDisabledKeysIT {
    private static final String MODES = "SELECT tgrelid::regclass, tgfoid::regproc, tgenabled FROM pg_trigger"
            + " WHERE tgisinternal AND tgrelid::regclass::text IN ('parent', 'child') ORDER BY 1, 2";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"parent, DISABLE", "parent, ENABLE ALWAYS", "parent, ENABLE REPLICA", "child, DISABLE"})
    void comeBackAsTheyWere(String side, String mode, TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE parent(id INTEGER PRIMARY KEY)",
                "CREATE TABLE child(id INTEGER PRIMARY KEY, parent INT REFERENCES parent(id))",
                "INSERT INTO parent VALUES (1)",
                "INSERT INTO child VALUES (1, 1)");
        database.execute(
                "CREATE TABLE parent(id bigint PRIMARY KEY)",
                "CREATE TABLE child(id bigint PRIMARY KEY, parent bigint REFERENCES parent ON DELETE CASCADE)",
                "DO $$ DECLARE name text; BEGIN FOR name IN SELECT tgname FROM pg_trigger WHERE tgrelid = '" + side
                        + "'::regclass LOOP EXECUTE format('ALTER TABLE " + side + " " + mode
                        + " TRIGGER %I', name); END LOOP; END $$");
        String before = database.rows(MODES).toString();
        Migration.from(file)
                .to(database.dataSource())
                .into(TargetSchema.existing("public"))
                .accept("*")
                .run();
        assertThat(database.rows(MODES)).hasToString(before);
        database.execute("DELETE FROM parent");
        assertThat(database.value("SELECT count(*) FROM child"))
                .isEqualTo(side.equals("parent") && !mode.equals("ENABLE ALWAYS") ? "1" : "0");
    }
}
