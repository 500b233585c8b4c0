package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.option.Backup;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.SeededRows;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.NeedsShared;
import dev.outgrow.testing.SharedFolder;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.TypeRules;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Files of real applications, filled through their own interfaces, into the schema that the same release makes on PostgreSQL. */
@NeedsShared("apps")
@ExtendWith(TestPostgres.class)
class AppsIT {
    @TempDir
    Path folder;

    static Stream<Path> applications() {
        try (Stream<Path> files = Files.list(SharedFolder.called("apps"))) {
            return files.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void load(TestDatabase database, Path script) throws IOException {
        if (Files.exists(script)) {
            // What begins with a backslash is for psql alone.
            String sql = Files.readString(script).replaceAll("(?m)^\\\\.*$", "");
            database.execute("SET session_replication_role = replica;\n" + sql);
        }
    }

    /** All of them write times without an offset in UTC. */
    private static final TypeRules IN_UTC = TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC);

    /** What no database can tell. */
    private static Migration ruled(Migration migration, String app) {
        ExistingSchema schema = TargetSchema.existing("public");
        return switch (app) {
            // Roles and the first user, which the administrator has changed since.
            // The file lacks three migrations of plugins that the target has.
            case "redmine" ->
                migration.into(schema.seededRows(SeededRows.REPLACE)).accept("migrations:schema_migrations");
            // The schema was dumped without its book.
            case "mailman3" -> migration.into(schema).accept("migrations:alembic_version");
            // The schema was dumped without its book.
            case "buildbot" -> migration.into(schema).accept("migrations:*");
            default -> migration.into(schema);
        };
    }

    static void makeSchema(TestDatabase database, Path application) throws IOException {
        load(database, application.resolve("target-schema.sql"));
        load(database, application.resolve("target-seed.sql"));
    }

    static Migration migration(Path application, Path copy, TestDatabase database) {
        return ruled(
                Migration.from(copy).to(database.dataSource()).typeRules(IN_UTC).backup(Backup.none()),
                application.getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("applications")
    void arrives(Path application, TestDatabase database) throws Exception {
        makeSchema(database, application);
        Migration migration =
                migration(application, Files.copy(application.resolve("data.db"), folder.resolve("data.db")), database);
        assertThat(migration.plan().blockers())
                .extracting(Notice::id)
                .isSubsetOf(migration.plan().accepted());
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        Path expected = application.resolve("expected-data.sql");
        if (Files.exists(expected)) {
            compare(Files.readString(expected), database);
        }
    }

    /** Compares with the rows of a dump, as COPY writes them. */
    private static void compare(String dump, TestDatabase database) throws Exception {
        Matcher tables =
                Pattern.compile("(?ms)^COPY (.*?) FROM stdin;\n(.*?)^\\\\\\.$").matcher(dump);
        try (Connection connection = database.dataSource().getConnection()) {
            int compared = 0;
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            while (tables.find()) {
                compared++;
                StringWriter rows = new StringWriter();
                copy.copyOut("COPY " + tables.group(1) + " TO STDOUT", rows);
                assertThat(rows.toString().lines())
                        .as(tables.group(1))
                        .containsExactlyInAnyOrderElementsOf(
                                tables.group(2).lines().toList());
            }
            assertThat(compared).isPositive();
        }
    }
}
