package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Remedy;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.Collation;

/** Primary keys with a collating sequence of their own, and foreign keys to columns of another type or collating sequence. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class CollatedKeysIT {
    private static final String UNIQUE_INDEXES =
            "SELECT regexp_replace(indexdef, '^.* ON public.(.*) USING btree ', '\\1')"
                    + " FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE '%UNIQUE%' ORDER BY 1";

    private static final String FOREIGN_KEYS = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"
            + " AND connamespace = 'public'::regnamespace";

    @TempDir
    Path folder;

    private static void refused(TestDatabase database, String sql) {
        assertThatExceptionOfType(IllegalStateException.class)
                .as(sql)
                .isThrownBy(() -> database.execute(sql))
                .withStackTraceContaining("duplicate key");
    }

    @Test
    @DisplayName("A primary key that ignores case or blanks refuses what SQLite refuses, beside the key itself")
    void keepsPrimaryKeysOfAnotherCollation(TestDatabase database) {
        Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE a(k TEXT, l TEXT, PRIMARY KEY (k COLLATE NOCASE, l))",
                        "CREATE TABLE b(n INT, k TEXT, PRIMARY KEY (n DESC, k COLLATE NOCASE)) WITHOUT ROWID",
                        "CREATE TABLE c(k TEXT NOT NULL, PRIMARY KEY (k COLLATE RTRIM))",
                        "CREATE TABLE d(k TEXT COLLATE NOCASE PRIMARY KEY)",
                        "CREATE TABLE e(n INT NOT NULL, PRIMARY KEY (n COLLATE NOCASE))",
                        "INSERT INTO a VALUES ('x', 'y')",
                        "INSERT INTO b VALUES (1, 'x')",
                        "INSERT INTO c VALUES ('x')",
                        "INSERT INTO d VALUES ('x')",
                        "INSERT INTO e VALUES (1)")
                .typeRules(TypeRules.standard().column("d", "k").as(PgType.TEXT))
                .run();
        refused(database, "INSERT INTO a VALUES ('X', 'y')");
        refused(database, "INSERT INTO b VALUES (1, 'X')");
        refused(database, "INSERT INTO c VALUES ('x ')");
        refused(database, "INSERT INTO d VALUES ('X')");
        assertThat(database.rows("SELECT conname FROM pg_constraint WHERE contype = 'p'"
                        + " AND connamespace = 'public'::regnamespace ORDER BY 1"))
                .containsExactly(
                        List.of("a_pkey"), List.of("b_pkey"), List.of("c_pkey"), List.of("d_pkey"), List.of("e_pkey"));
    }

    @Test
    @DisplayName(
            "A primary key that distinguishes case over a column that does not becomes a unique index, and is named")
    void keepsPrimaryKeysThatDistinguishMoreThanTheirColumn(TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE t(k TEXT COLLATE NOCASE NOT NULL, n INT, PRIMARY KEY (k COLLATE BINARY)) WITHOUT ROWID",
                "INSERT INTO t VALUES ('x', 1), ('X', 2)",
                "CREATE TABLE c(k TEXT COLLATE NOCASE REFERENCES t)");
        MigrationPlan plan = migration.plan();
        assertThat(plan.notices())
                .filteredOn(notice -> notice.id().equals("primarykey:t"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.message()).contains("unique index", "citext"));
        assertThat(plan.blockers()).extracting(Notice::id).containsExactly("foreignkey:c.k");
        migration.accept("foreignkey:c.k").run();
        assertThat(database.rows(UNIQUE_INDEXES)).containsExactly(List.of("t(((k)::text))"));
        database.execute("INSERT INTO t VALUES ('xX', 3)");
        refused(database, "INSERT INTO t VALUES ('xX', 4)");
    }

    @Test
    @DisplayName("A primary key by a collating sequence that only the application knows is named")
    void namesPrimaryKeysOfUnknownCollations(TestDatabase database) throws SQLException {
        Path file = folder.resolve("app.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            Collation.create(connection, "unicase", new Collation() {
                @Override
                protected int xCompare(String one, String other) {
                    return one.compareToIgnoreCase(other);
                }
            });
            statement.executeUpdate(
                    "CREATE TABLE t(k TEXT NOT NULL, n INT, PRIMARY KEY (k COLLATE unicase)) WITHOUT ROWID");
            statement.executeUpdate("CREATE TABLE u(k TEXT COLLATE unicase PRIMARY KEY)");
            statement.executeUpdate("INSERT INTO t VALUES ('x', 1)");
        }
        Migration migration = Migration.from(file).to(database.dataSource());
        assertThat(migration.plan().blockers())
                .extracting(Notice::id)
                .containsExactlyInAnyOrder("primarykey:t", "collation:u.k");
        migration.accept("primarykey:t", "collation:*").run();
        assertThat(database.value("SELECT k FROM t")).isEqualTo("x");
    }

    @Test
    @DisplayName("A foreign key may point to a unique column that ignores case")
    void keepsForeignKeysToColumnsThatIgnoreCase(TestDatabase database) {
        Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE p(id INTEGER PRIMARY KEY, code TEXT COLLATE NOCASE UNIQUE)",
                        "CREATE TABLE c(id INTEGER PRIMARY KEY, code TEXT COLLATE NOCASE REFERENCES p(code))",
                        "INSERT INTO p VALUES (1, 'Ab')",
                        "INSERT INTO c VALUES (1, 'aB'), (2, NULL)")
                .run();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.execute("INSERT INTO c VALUES (3, 'other')"));
        database.execute("INSERT INTO c VALUES (3, 'AB')");
    }

    @Test
    @DisplayName(
            "Of a foreign key whose columns become different types, the plan proposes the rules that make them one")
    void proposesTheTypeOfTheParent(TestDatabase database) {
        Migration migration = Migrated.migration(
                folder,
                database,
                "CREATE TABLE p(id INTEGER PRIMARY KEY, code TEXT COLLATE NOCASE UNIQUE, r REAL UNIQUE, u UUID UNIQUE,"
                        + " d DATE UNIQUE)",
                "CREATE TABLE c(id INTEGER PRIMARY KEY, a TEXT REFERENCES p, b REAL REFERENCES p, code TEXT REFERENCES"
                        + " p(code), r INT REFERENCES p(r), u CHAR(36) REFERENCES p(u), d TEXT REFERENCES p(d))",
                "INSERT INTO p VALUES (1, 'Ab', 2.0, '00112233-4455-6677-8899-aabbccddeeff', '2024-02-29')",
                "INSERT INTO c VALUES (1, '1', 1.0, 'aB', 2, '00112233-4455-6677-8899-aabbccddeeff', '2024-02-29')");
        TypeRules rules = TypeRules.standard();
        for (Notice notice : migration.plan().blockers()) {
            Remedy rule = notice.remedies().get(0);
            assertThat(rule.kind()).as(notice.message()).isEqualTo(Remedy.Kind.RULE);
            rules = rules.column("c", String.valueOf(notice.id().replace("foreignkey:c.", "")))
                    .as(typeIn(rule.java()));
        }
        migration.typeRules(rules).run();
        assertThat(database.value(FOREIGN_KEYS)).isEqualTo("6");
    }

    private static PgType typeIn(String java) {
        return List.of(PgType.BIGINT, PgType.CITEXT, PgType.DOUBLE_PRECISION, PgType.UUID, PgType.DATE).stream()
                .filter(type -> java.endsWith(".as(PgType." + type.kind().name() + "))"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(java));
    }

    @Test
    @DisplayName("Integers may point to a numeric key")
    void keepsForeignKeysOfIntegersToNumericKeys(TestDatabase database) {
        Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE p(id NUMERIC(18,0) PRIMARY KEY, n NUMBER UNIQUE)",
                        "CREATE TABLE c(id INTEGER PRIMARY KEY, p INT REFERENCES p, n INT REFERENCES p(n))",
                        "INSERT INTO p VALUES (1, 1.5), (20, 7)",
                        "INSERT INTO c VALUES (1, 20, 7), (2, NULL, NULL)")
                .run();
        assertThat(database.value(FOREIGN_KEYS)).isEqualTo("2");
        assertThat(database.value("SELECT p || ' ' || n FROM c WHERE id = 1")).isEqualTo("20 7");
    }
}
