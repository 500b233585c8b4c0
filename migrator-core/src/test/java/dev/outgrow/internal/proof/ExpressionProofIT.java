package dev.outgrow.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.internal.sql.Relation;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deliberately wrong translations, and right ones, over the same rows in both databases. */
@ExtendWith(TestPostgres.class)
class ExpressionProofIT {
    private static final int ROWS = 3000;

    private static final Relation TABLE = new Relation(
            "T x",
            "T x",
            List.of(
                    column("Id", PgType.BIGINT, Representation.NATIVE, Affinity.INTEGER),
                    column("s", PgType.TEXT, Representation.NATIVE, Affinity.TEXT),
                    column("f", PgType.BOOLEAN, Representation.BOOLEAN, Affinity.NUMERIC)));

    private Connection sqlite;
    private Connection postgres;
    private ExpressionProof proof;

    private static Relation.Column column(String name, PgType type, Representation representation, Affinity affinity) {
        return new Relation.Column(name, name, new TypeMapping(type, representation), affinity, "BINARY", false);
    }

    @BeforeEach
    void fillsBoth(TestDatabase database) throws SQLException {
        sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
        postgres = database.connect();
        String rows =
                "SELECT i, 'Text ' || i, i % 2 = 0 FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                        + " WHERE i < " + ROWS + ") SELECT i FROM n) x";
        try (Statement source = sqlite.createStatement();
                Statement target = postgres.createStatement()) {
            source.execute("CREATE TABLE \"T x\" (\"Id\" INTEGER PRIMARY KEY, s TEXT, f BOOLEAN)");
            target.execute("CREATE TABLE \"T x\" (\"Id\" bigint PRIMARY KEY, s text, f boolean)");
            source.execute("INSERT INTO \"T x\" " + rows);
            target.execute("INSERT INTO \"T x\" " + rows);
            source.execute("UPDATE \"T x\" SET s = NULL WHERE \"Id\" = 7");
            target.execute("UPDATE \"T x\" SET s = NULL WHERE \"Id\" = 7");
        }
        proof = new ExpressionProof(sqlite, postgres, TABLE, List.of("id"));
    }

    @AfterEach
    void closesBoth() throws SQLException {
        sqlite.close();
        postgres.close();
    }

    @Test
    @DisplayName("A CHECK is proved")
    void agreesWhereAConditionMeansTheSame() throws SQLException, InterruptedException {
        assertThat(proof.condition("s LIKE 'text%' -- any case", "lower(s COLLATE \"C\") LIKE 'text%'"))
                .isEqualTo(Finding.agrees(ROWS));
        assertThat(proof.condition("f IN (0, 1)", "f IN (false, true)").agrees())
                .isTrue();
    }

    @Test
    @DisplayName("A CHECK that another meaning got is named")
    void findsAConditionOfAnotherMeaning() throws SQLException, InterruptedException {
        Finding finding = proof.condition("s LIKE 'text 12%'", "s LIKE 'text 12%'");
        assertThat(finding.outcome()).isEqualTo(Finding.Outcome.DISAGREES);
        assertThat(finding.differing()).isEqualTo(2 * 111);
        assertThat(finding.keys()).hasSize(5).allMatch(key -> key.startsWith("Id=12"));
    }

    @Test
    @DisplayName("NULL is not false")
    void tellsNullFromFalse() throws SQLException, InterruptedException {
        Finding finding = proof.condition("s <> 'x'", "s IS DISTINCT FROM 'x' AND s IS NOT NULL");
        assertThat(finding.differing()).isEqualTo(2);
        assertThat(finding.keys()).containsExactly("Id=7");
    }

    @Test
    @DisplayName("A predicate selects the same rows")
    void comparesTheRowsThatAPredicateSelects() throws SQLException, InterruptedException {
        assertThat(proof.selection("f = 0", "f = false").agrees()).isTrue();
        // As many rows, but others.
        Finding finding = proof.selection("f = 0", "f = true");
        assertThat(finding.sourceRows()).isEqualTo(finding.targetRows()).isEqualTo(ROWS / 2);
        assertThat(finding.differing()).isEqualTo(ROWS);
    }

    @Test
    @DisplayName("Values of an expression, key by key")
    void comparesValuesByKey() throws SQLException, InterruptedException {
        assertThat(proof.value("lower(s)", "lower(s)", PgType.TEXT, Representation.NATIVE)
                        .agrees())
                .isTrue();
        assertThat(proof.value("\"Id\" / 2.0", "\"Id\" / 2.0", PgType.NUMERIC, Representation.NATIVE)
                        .agrees())
                .isTrue();
        Finding finding =
                proof.value("\"Id\" / 2", "round(\"Id\" / 2.0)::bigint", PgType.BIGINT, Representation.NATIVE);
        assertThat(finding.outcome()).isEqualTo(Finding.Outcome.DISAGREES);
        assertThat(finding.differing()).isEqualTo(ROWS);
        // The same values at other keys.
        assertThat(proof.value("\"Id\"", (ROWS + 1) + " - \"Id\"", PgType.BIGINT, Representation.NATIVE)
                        .agrees())
                .isFalse();
    }

    @Test
    void tellsThatADatabaseCannotEvaluate() throws SQLException, InterruptedException {
        Finding target = proof.condition("\"Id\" > 0", "1 / (\"Id\" - 9) > 0");
        assertThat(target.outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(target.summary()).contains("22012");
        assertThat(proof.condition("app_function(s)", "true").outcome()).isEqualTo(Finding.Outcome.FAILED);
        // The connection can still be used.
        assertThat(proof.condition("f", "f").agrees()).isTrue();
    }

    @Test
    void keepsTheCallersTransaction() throws SQLException, InterruptedException {
        postgres.setAutoCommit(false);
        try (Statement statement = postgres.createStatement()) {
            statement.execute("INSERT INTO \"T x\" VALUES (100000, 'new', true)");
        }
        assertThat(proof.condition("f", "f").keys()).containsExactly("Id=100000");
        assertThat(proof.condition("f", "f / 0").outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(proof.condition("f", "f").targetRows()).isEqualTo(ROWS + 1);
        postgres.rollback();
    }

    @Test
    void stopsWhereTheThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> proof.condition("f", "f")).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }
}
