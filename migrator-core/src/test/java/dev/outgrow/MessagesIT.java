package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.TransactionPooler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** What people get wrong first: each message says what happened, where, and what to do. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class MessagesIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SqliteFiles.write(
                folder.resolve("app.db"), "CREATE TABLE users(id INTEGER PRIMARY KEY)", "INSERT INTO users VALUES (1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no such role | TARGET_REFUSED | nobody | user",
                "a wrong password | TARGET_REFUSED | password | the password",
                "a pooler in transaction mode | TARGET_UNFIT | pooler | session mode",
                "a standby or read-only session | TARGET_UNFIT | takes no writes | ALTER DATABASE",
                "a folder that cannot be written to | BACKUP_FAILED | backup | Backup.to(path)",
                "no such database | TARGET_REFUSED | nowhere | name of the database",
                "no such host | TARGET_UNREACHABLE | nowhere.invalid | can be reached",
                "nobody listens | TARGET_UNREACHABLE | refused | can be reached",
                "a SQLite DataSource | TARGET_UNFIT | SQLite | .from(",
                "a pool of one | TARGET_EXHAUSTED | | pool",
                "no such schema | TARGET_EMPTY | app, public | app's own migrations",
                "a file that is not there | SOURCE_MISSING | missing.db | path",
                "a folder | SOURCE_NOT_A_FILE | | path",
                "text | SOURCE_NOT_A_DATABASE | text.db | ",
            })
    @DisplayName("What went wrong, where, and what to do")
    @SuppressWarnings("try") // held, and not asked anything
    void saysWhatToDo(String what, Reason reason, String said, String todo, TestDatabase database) throws Exception {
        database.execute("CREATE SCHEMA app", "CREATE TABLE app.t (id int)", "CREATE TABLE public.t (id int)");
        PGSimpleDataSource role = database.newRole("");
        Migration migration = Migration.from(file).to(role);
        MigrationException thrown = switch (what) {
            case "no such role" -> {
                role.setUser("nobody");
                yield thrown(migration);
            }
            case "a wrong password" -> {
                try (PasswordDemand demand = PasswordDemand.of(role.getUser(), database)) {
                    role.setPassword("not it");
                    Patience.until("the server asks for the password", () -> isRefused(role));
                    yield thrown(migration);
                }
            }
            case "a pooler in transaction mode" -> {
                try (TransactionPooler pooler =
                        TransactionPooler.to(database.jdbcUrl(), 1, TransactionPooler.Choice.LAST_USED)) {
                    yield thrown(Migration.from(file).to(pooler.url(database.jdbcUrl())));
                }
            }
            case "a standby or read-only session" -> {
                database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only TO on");
                yield thrown(migration);
            }
            case "a folder that cannot be written to" ->
                thrown(Migration.from(file)
                        .to(database.jdbcUrl())
                        .backup(Backup.to(file.resolve("inside").resolve("backup.db"))));
            case "no such database" -> {
                role.setDatabaseName("nowhere");
                yield thrown(migration);
            }
            case "no such host" -> {
                role.setServerNames(new String[] {"nowhere.invalid"});
                yield thrown(migration);
            }
            case "nobody listens" -> {
                role.setPortNumbers(new int[] {1});
                yield thrown(migration);
            }
            case "a SQLite DataSource" -> {
                SQLiteDataSource sqlite = new SQLiteDataSource();
                sqlite.setUrl("jdbc:sqlite:" + file);
                yield thrown(Migration.from(file).to(sqlite));
            }
            case "a pool of one" -> {
                try (SessionPool pool = new SessionPool(database.dataSource(), 1)) {
                    yield thrown(Migration.from(file).to(pool));
                }
            }
            case "no such schema" ->
                thrown(Migration.from(file).to(database.jdbcUrl()).into(TargetSchema.existing("nowhere")));
            case "a file that is not there" ->
                thrown(Migration.from(folder.resolve("missing.db")).to(database.jdbcUrl()));
            case "a folder" -> thrown(Migration.from(folder).to(database.jdbcUrl()));
            default -> {
                Path text = Files.writeString(folder.resolve("text.db"), "no database ".repeat(99));
                yield thrown(Migration.from(text).to(database.jdbcUrl()));
            }
        };
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(reason);
        assertThat(thrown.getMessage()).contains(said == null ? "" : said);
        assertThat(thrown.remedy()).contains(todo == null ? "" : todo);
        assertThat(thrown.reason().retryable())
                .isEqualTo(reason == Reason.TARGET_UNREACHABLE || reason == Reason.TARGET_EXHAUSTED);
    }

    @Test
    @DisplayName("An accept that matches nothing is named, with what it was")
    void namesAnAcceptThatMatchesNothing(TestDatabase database) {
        assertThat(Migration.from(file)
                        .to(database.jdbcUrl())
                        .accept("trigger:user_touch", "view:*")
                        .plan()
                        .notices())
                .extracting(Notice::id)
                .containsExactly("accept:trigger:user_touch", "accept:view:*");
    }

    private static boolean isRefused(PGSimpleDataSource role) {
        try (Connection connection = role.getConnection()) {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    private static MigrationException thrown(Migration migration) {
        return catchThrowableOfType(MigrationException.class, migration::run);
    }

    @Test
    @DisplayName("What is no URL and no path is refused at once, with the call that is right")
    void refusesWhatIsNoUrl() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Migration.from("app.db"))
                .withMessageContaining("Path.of");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Migration.from(Path.of("jdbc:sqlite:app.db")))
                .withMessageContaining("JDBC URL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Migration.from(file).to("jdbc:postgres://localhost/app"))
                .withMessageContaining("jdbc:postgresql:");
    }

    @Test
    @DisplayName("Triggers of foreign keys come back in the mode that they had, and tables that inherit rows are named")
    void leavesTriggersOfForeignKeysAsTheyWere(TestDatabase database) {
        Path app = SqliteFiles.write(
                folder.resolve("keys.db"),
                "CREATE TABLE parent(id INTEGER PRIMARY KEY)",
                "CREATE TABLE child(id INTEGER PRIMARY KEY, p INT)",
                "CREATE TABLE other(id INTEGER PRIMARY KEY, p INT)",
                "INSERT INTO parent VALUES (1), (2)",
                "INSERT INTO child VALUES (1, 1)",
                "INSERT INTO other VALUES (1, 2)");
        database.execute(
                "CREATE TABLE parent (id bigint PRIMARY KEY)",
                "CREATE TABLE child (id bigint PRIMARY KEY, p bigint REFERENCES parent)",
                "CREATE TABLE other (id bigint PRIMARY KEY, p bigint REFERENCES parent)",
                "CREATE TABLE heir () INHERITS (other)",
                "INSERT INTO heir VALUES (7, 7)",
                "ALTER TABLE child DISABLE TRIGGER ALL",
                "DO $$ DECLARE t record; BEGIN FOR t IN SELECT tgname FROM pg_trigger WHERE tgrelid = 'parent'::regclass"
                        + " AND tgconstrrelid = 'other'::regclass LOOP"
                        + " EXECUTE format('ALTER TABLE parent ENABLE ALWAYS TRIGGER %I', t.tgname); END LOOP; END $$");
        String modes = "SELECT tgrelid::regclass, tgconstrrelid::regclass, tgfoid::regproc, tgenabled FROM pg_trigger"
                + " WHERE tgrelid::regclass::text IN ('parent', 'child', 'other') ORDER BY 1, 2, 3";
        List<?> before = database.rows(modes);
        Migration migration = Migration.from(app).to(database.jdbcUrl()).into(TargetSchema.existing("public"));
        assertThat(migration.plan().notices()).extracting(Notice::id).contains("inheritance:other");
        migration.run();
        assertThat(database.value("SELECT p FROM child")).isEqualTo("1");
        assertThat(database.rows(modes)).isEqualTo(before);
        assertThat(database.value("SELECT count(*) FROM ONLY other")).isEqualTo("1");
    }
}
