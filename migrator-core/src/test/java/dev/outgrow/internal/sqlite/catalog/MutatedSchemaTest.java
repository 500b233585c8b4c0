package dev.outgrow.internal.sqlite.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real DDL, mutated: the parser never loops, throws nothing but its own error, and takes whatever SQLite takes. */
class MutatedSchemaTest {
    private static final List<String> TABLES = ImmutableList.of(
            "CREATE TABLE \"Blogs\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK_Blogs\" PRIMARY KEY AUTOINCREMENT, \"Url\" TEXT NULL)",
            "CREATE TABLE t(a INT DEFAULT (1+2) CHECK (a > 0), b VARCHAR(10) NOT NULL DEFAULT 'x''y' COLLATE NOCASE UNIQUE)",
            "CREATE TABLE t (a, b, PRIMARY KEY (b, a DESC), UNIQUE(a COLLATE RTRIM) ON CONFLICT REPLACE) WITHOUT ROWID",
            "CREATE TABLE t(id integer primary key, p int REFERENCES t(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)",
            "CREATE TABLE t(a int, v AS (a * 2) VIRTUAL, s text GENERATED ALWAYS AS (a || 'x') STORED, g decimal(10, 2))",
            "CREATE TABLE [my table](`a b` datetime default current_timestamp, [c] bool default false, d any) STRICT",
            "CREATE TABLE t(a -- one\n, b /* two */ double precision, CONSTRAINT ck CHECK (a BETWEEN 1 AND 2 OR b IN (1, 'c')))",
            "CREATE TABLE t(x, y, FOREIGN KEY (x, y) REFERENCES t(y, x) MATCH FULL ON UPDATE SET NULL NOT DEFERRABLE)",
            "CREATE TABLE t(a text check (case when a like 'x%' escape '\\' then length(a) > 1 else a is not null end), b)");
    private static final List<String> OTHERS = ImmutableList.of(
            "CREATE UNIQUE INDEX i ON t(lower(a), b COLLATE NOCASE DESC) WHERE a IS NOT NULL AND b <> 'x'",
            "CREATE VIEW v(x) AS WITH c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c ORDER BY 1 LIMIT 5",
            "CREATE VIEW v AS SELECT a.*, count(*) OVER (PARTITION BY b ROWS 1 PRECEDING) n FROM t a LEFT JOIN t c USING (a)",
            "CREATE VIEW v AS SELECT CAST(a AS TEXT) || 'x' AS \"y\", sum(b) FILTER (WHERE a > 1) FROM t GROUP BY 1 HAVING 1",
            "CREATE TRIGGER tr AFTER UPDATE OF a, b ON t FOR EACH ROW WHEN new.a > 1 BEGIN SELECT RAISE(ABORT, 'no'); END",
            "CREATE VIRTUAL TABLE f USING fts5(a, b, tokenize = 'porter ascii', content='')");
    private static final List<String> PARTS = ImmutableList.of(
            "(",
            ")",
            ",",
            "'",
            "\"",
            "[",
            "]",
            "`",
            "--",
            "/*",
            "*/",
            ";",
            ".",
            "-",
            "+",
            "*",
            "=",
            "NOT",
            "NULL",
            "AND",
            "CHECK",
            "DEFAULT",
            "PRIMARY KEY",
            "UNIQUE",
            "CONSTRAINT",
            "x",
            "'it''s'",
            "1",
            "1.5e3",
            "x'00'",
            "0x1F",
            "AS",
            "SELECT",
            "COLLATE",
            "REFERENCES t",
            "DEFERRABLE",
            "ON CONFLICT",
            "IGNORE",
            "\u0000",
            "é",
            "\ud83d",
            "key",
            "generated always",
            "WITHOUT ROWID",
            "STRICT",
            "CURRENT_DATE",
            "IN",
            "BETWEEN",
            "CASE",
            "END",
            "INT",
            "desc",
            "left",
            "replace",
            "\n",
            "\"q\"");
    private static final Pattern PIECE = Pattern.compile("\\w+|\\s+|[^\\w\\s]");
    private static final int ROUNDS = Integer.getInteger("migrator.test.rounds", 4000);
    private static final int ROUNDS_IN_SQLITE = ROUNDS * 3 / 8;
    private static final long SEED = Long.getLong("migrator.test.seed", 0);

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 20_261_123})
    void throwsNothingButItsOwnError(long seed) {
        Random random = new Random(SEED + seed);
        List<String> texts = new ArrayList<>(TABLES);
        texts.addAll(OTHERS);
        assertTimeoutPreemptively(Duration.ofMinutes(5), () -> {
            for (int round = 0; round < ROUNDS; round++) {
                String text = mutated(texts.get(random.nextInt(texts.size())), random);
                try {
                    parseAsEverything(text);
                } catch (RuntimeException | StackOverflowError e) {
                    throw new AssertionError("Seed " + seed + ", round " + round + ": " + text, e);
                }
            }
        });
    }

    private static void parseAsEverything(String text) {
        int understood = 0;
        for (Parser parser : List.<Parser>of(
                DdlParser::table,
                DdlParser::index,
                DdlParser::view,
                DdlParser::trigger,
                DdlParser::virtualTable,
                DdlParser::expression)) {
            try {
                assertThat(parser.parse(text)).isNotNull();
                understood++;
            } catch (DdlSyntaxException e) {
                assertThat(e.offset()).isBetween(0, text.length());
            }
        }
        assertThat(understood).isLessThanOrEqualTo(1);
        assertThat(DdlParser.defaultValue(text).text()).isEqualTo(text);
    }

    @FunctionalInterface
    private interface Parser {
        Object parse(String text) throws DdlSyntaxException;
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 77, 1008})
    void understandsWhateverSqliteTakes(long seed) throws SQLException {
        Random random = new Random(SEED + seed);
        int taken = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            for (int round = 0; round < ROUNDS_IN_SQLITE; round++) {
                statement.executeUpdate("savepoint one");
                boolean alone = random.nextBoolean();
                if (!alone) {
                    statement.executeUpdate("create table t(a, b, c)");
                }
                List<String> texts = alone ? TABLES : OTHERS;
                String text = mutated(texts.get(random.nextInt(texts.size())), random);
                if (isTaken(statement, text)) {
                    taken++;
                    assertUnderstood(CatalogReader.read(connection), "seed " + seed + ", round " + round + ": " + text);
                }
                statement.executeUpdate("rollback to one");
                statement.executeUpdate("release one");
            }
        }
        assertThat(taken).isGreaterThan(ROUNDS_IN_SQLITE / 20);
    }

    private static void assertUnderstood(Catalog catalog, String what) {
        assertThat(catalog.tables()).as(what).allMatch(SqliteTable::parsed).allSatisfy(table -> {
            assertThat(factsOfText(table)).isEqualTo(factsOfPragmas(table));
            assertThat(table.checks())
                    .allMatch(check -> check.condition().expression().isPresent());
            assertThat(table.indexes()).allSatisfy(index -> {
                assertThat(index.predicate().filter(where -> where.expression().isEmpty()))
                        .isEmpty();
                assertThat(index.terms())
                        .allMatch(term -> term.expression()
                                .map(expression -> expression.expression().isPresent())
                                .orElse(true));
            });
        });
        assertThat(catalog.views()).as(what).allMatch(view -> view.select().isPresent());
        assertThat(catalog.triggers())
                .as(what)
                .allMatch(trigger -> trigger.event().isPresent());
        assertThat(catalog.virtualTables())
                .as(what)
                .noneMatch(table -> table.module().isEmpty());
    }

    private static boolean isTaken(Statement statement, String text) {
        // Not what a mutated comment or statement might do besides.
        if (!Ascii.toUpperCase(text).startsWith("CREATE ")) {
            return false;
        }
        try {
            statement.executeUpdate(text);
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }

    private static List<String> factsOfText(SqliteTable table) {
        try {
            return DdlParser.table(table.sql()).columns().stream()
                    .map(column -> column.name().text() + ": " + Ascii.toUpperCase(column.type()))
                    .toList();
        } catch (DdlSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> factsOfPragmas(SqliteTable table) {
        return table.columns().stream()
                .map(column ->
                        column.name() + ": " + Ascii.toUpperCase(column.source().declaredType()))
                .toList();
    }

    private static String mutated(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        Matcher matcher = PIECE.matcher(text);
        while (matcher.find()) {
            pieces.add(matcher.group());
        }
        int mutations = 1 + random.nextInt(3);
        for (int i = 0; i < mutations && !pieces.isEmpty(); i++) {
            mutate(pieces, random);
        }
        return String.join("", pieces);
    }

    private static void mutate(List<String> pieces, Random random) {
        int place = random.nextInt(pieces.size());
        String part = PARTS.get(random.nextInt(PARTS.size()));
        switch (random.nextInt(6)) {
            case 0 -> pieces.remove(place);
            case 1 -> pieces.add(place, pieces.get(random.nextInt(pieces.size())));
            case 2 -> pieces.add(place, " " + part + " ");
            case 3 -> pieces.set(place, part);
            case 4 -> pieces.subList(place, pieces.size()).clear();
            default -> pieces.add(place, (part + " ").repeat(1 + random.nextInt(50)));
        }
    }
}
