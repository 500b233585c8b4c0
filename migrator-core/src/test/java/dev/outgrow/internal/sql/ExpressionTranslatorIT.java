package dev.outgrow.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evaluates each expression in SQLite, and its translation in PostgreSQL, for every row of a nasty table. */
@ExtendWith(TestPostgres.class)
class ExpressionTranslatorIT {
    private static @Nullable NastyTable opened;

    @BeforeAll
    static void fillsBothTables(TestDatabase database) throws SQLException {
        opened = NastyTable.in(database);
    }

    @AfterAll
    static void closesBoth() throws SQLException {
        table().close();
    }

    private static NastyTable table() {
        if (opened == null) {
            throw new IllegalStateException("not opened");
        }
        return opened;
    }

    @ParameterizedTest
    @DisplayName("Values")
    @ValueSource(
            strings = {
                "i + j",
                "i - j",
                "i * j",
                "i / j",
                "i % j",
                "i / 2",
                "-7 / 2",
                "i / 0",
                "i % 0",
                "r / 2",
                "r / 0",
                "r % 3",
                "n * j",
                "n + n",
                "n / 2",
                "n / j",
                "n / 4",
                "i * 1.5",
                "i / 2.0",
                "-i",
                "-r",
                "+i",
                "~i",
                "i & 255",
                "i | 1",
                "i << 3",
                "i >> 1",
                "-i >> 63",
                "1 + 2",
                "100000 * 100000",
                "2147483647 + 1",
                "i - (j - 1)",
                "i - j - 1",
                "i * (j + 1)",
                "-(i + 1)",
                "- -i",
                "r * r - r",
                "1 - r",
                "n * i * (1 - r) / 100",
                "s || u",
                "i || 'x'",
                "'#' || i || '-' || j",
                "n || ''",
                "f || ''",
                "s || NULL",
                "d || 'T'",
                "typeof(i)",
                "typeof(r)",
                "typeof(n)",
                "typeof(s)",
                "typeof(b)",
                "typeof(f)",
                "typeof(ts)",
                "typeof(NULL)",
                "length(s)",
                "length(b)",
                "length(i)",
                "length(f)",
                "length(d)",
                "length(uu)",
                "substr(s, 2)",
                "substr(s, 0, 3)",
                "substr(s, 2, 1)",
                "substr(s, -2)",
                "substr(s, -2, 1)",
                "substr(s, -5, 3)",
                "substr(s, 1, 0)",
                "substr(d, 6)",
                "substr(i, 2)",
                "substr(s, i % 9)",
                "substr(s, i % 5, j % 4)",
                "substr(s, -i % 5, -j % 3)",
                "substr(b, i % 5, j % 4)",
                "quote(s)",
                "quote(b)",
                "quote(i)",
                "char(65, 228, 128512)",
                "s || char(10)",
                "octet_length(s)",
                "concat_ws('-', s, i, u)",
                "round(n / 4, 2)",
                "round(i * 0.005, 2)",
                "printf('%.2f', r)",
                "printf('%8.1f|%-5d|%3s|%x', r, i, s, j)",
                "hex(substr(b, 1, 2))",
                "hex(substr(b, 2))",
                "substr(ts, 1, 10)",
                "instr(s, 'b')",
                "instr(s, '')",
                "instr(s, u)",
                "replace(s, 'a', 'XX')",
                "replace(s, '', 'y')",
                "trim(s)",
                "ltrim(s)",
                "rtrim(s, 'c ')",
                "trim(s, 'ac')",
                "upper(s)",
                "lower(s)",
                "lower(u)",
                "upper(nc)",
                "abs(i)",
                "abs(r)",
                "abs(n)",
                "round(r)",
                "round(r, 1)",
                "round(n)",
                "round(n, 1)",
                "round(i)",
                "round(i, 2)",
                "coalesce(i, j, 0)",
                "ifnull(s, 'none')",
                "ifnull(r, 0)",
                "nullif(i, 1)",
                "nullif(s, 'a')",
                "nullif(nc, 'BOB')",
                "iif(i > 0, 'p', 'n')",
                "max(i, j)",
                "min(i, j, 3)",
                "max(i, NULL)",
                "max(s, u)",
                "min(s, 'b')",
                "max(i, r)",
                "CASE i WHEN 1 THEN 'one' WHEN 2 THEN 'two' END",
                "CASE WHEN i > 1 THEN 1 ELSE 0.5 END",
                "CASE WHEN f THEN s END",
                "CAST(s AS INTEGER)",
                "CAST(u AS REAL)",
                "CAST(r AS INTEGER)",
                "CAST(i AS TEXT)",
                "CAST(n AS INTEGER)",
                "CAST(i AS REAL)",
                "CAST(f AS INTEGER)",
                "CAST('12x' AS INTEGER)",
                "s + 1",
                "u * 2",
                "hex(b)",
                "hex(s)",
                "date(d)",
                "date(ts)",
                "time(ts)",
                "datetime(ts)",
                "datetime(d)",
                "date(ts, '+1 day')",
                "datetime(ts, '-90 minutes')",
                "date(ts, 'start of month')",
                "datetime(ts, '+1 month')",
                "date(d, '-13 months')",
                "date(d, '+1 year')",
                "date(d, 'weekday 0')",
                "datetime(ts, 'weekday 3', '-7 days')",
                "datetime(ts, '+02:30')",
                "datetime(ts, '-00:00:01')",
                "strftime('%R %p %I %u %G-W%V', ts)",
                "datetime('10:20')",
                "time(time(ts))",
                "datetime(time(ts), '+1 day')",
                "date(julianday(ts))",
                "date(ts, 'start of month', '+1 month', '-1 day')",
                "strftime('%Y', ts)",
                "strftime('%Y-%m', d)",
                "strftime('%d.%m.%Y', ts)",
                "strftime('%s', ts)",
                "CAST(strftime('%Y', ts) AS INTEGER)",
                "strftime('%H:%M', ts)",
                "strftime('%w', d)",
                "strftime('%j', d)",
                "unixepoch(ts)",
                "unixepoch(d)",
                "date(w)",
                "datetime(w)",
                "date(ux, 'unixepoch')",
                "datetime(ux, 'unixepoch')",
                "date(j, 'unixepoch')",
                "ux + 1",
                "ux / 60",
                "ux - ux % 86400",
                "date('1997-01-31')",
                "datetime('1997-01-01', '+1 day')",
                "printf('%s-%d', s, i)",
                "printf('%05d', i)",
                "printf('100%%')",
                "format('%02d:%02d', j, i)",
                "unicode(u)",
                "concat(s, '-', i)",
                "floor(r)",
                "ceil(r)",
                "sign(i)",
                "(i > 1) + (j > 1)",
                "f + 1",
                "julianday(d)",
                "'a' || 'b' || s",
                "1 = 1",
                "x'00ff'",
                "'it''s'",
                "'back\\slash'",
                "i > j",
                "round(2.5)",
                "round(-2.5)",
                "round(r * 100) / 100",
                "likely(i)",
                "abs(u)",
                "typeof(abs('7'))",
                "replace(s, u, nc)",
                "max(upper(s), u)",
                "CAST(d AS TEXT)",
                "CAST(ux AS INTEGER)",
                "CAST(f AS TEXT)",
                "i IS NULL"
            })
    void valuesAreTheSame(String expression) throws SQLException, DdlSyntaxException {
        table().agree(expression, NastyTable.value(table().relation(), expression));
    }

    @ParameterizedTest
    @DisplayName("What an index or a generated column computes is IMMUTABLE")
    @ValueSource(
            strings = {
                "i + 1",
                "lower(s)",
                "substr(d, 6)",
                "substr(ts, 1, 7)",
                "date(ts)",
                "datetime(ts, '+1 day')",
                "strftime('%Y', d)",
                "i || '-' || s",
                "CAST(s AS INTEGER)",
                "s LIKE 'a%'",
                "s GLOB 'a*'",
                "hex(b)",
                "round(r, 2)",
                "date(w)",
                "n * 1.5",
                "unixepoch(ux, 'unixepoch')",
                "ux / 3600",
                "coalesce(s, '') || coalesce(u, '')",
                "printf('%03d', i)",
                "length(uu)",
                "CASE WHEN f THEN i END",
                "max(i, j)",
                "nc = 'bob'",
                "concat(s, u)",
                "n / 2",
                "d || ts",
                "julianday(ts)"
            })
    void indexesTakeWhatIsCalledImmutable(String expression) throws SQLException, DdlSyntaxException {
        ExpressionWalker walker = new ExpressionTranslator(table().relation()).walker(true);
        Term term = walker.term(DdlParser.expression(expression));
        String sql = term.inline();
        try (Statement statement = table().postgres().createStatement()) {
            statement.execute("CREATE INDEX volatility ON t ((" + sql + "))");
            statement.execute("DROP INDEX volatility");
        }
        table().agree(expression, Translation.of(() -> term));
    }

    /** That the comparison sees a difference: each of these texts means something else in PostgreSQL as it stands. */
    @ParameterizedTest
    @ValueSource(strings = {"s LIKE 'a%'", "round(r)", "lower(u) || upper(u)", "s > 'B'"})
    void seesTheMeaningOfTheUntranslatedText(String expression) throws SQLException {
        List<@Nullable Object> there = new ArrayList<>();
        Connection postgres = table().postgres();
        there.addAll(NastyTable.values(
                postgres,
                "SELECT "
                        + expression
                                .replace("'B'", "'B' COLLATE \"en-x-icu\"")
                                .replace("lower(u)", "lower(u COLLATE \"en-x-icu\")")
                                .replace("upper(u)", "upper(u COLLATE \"en-x-icu\")")
                        + " FROM t ORDER BY id"));
        assertThat(there)
                .isNotEqualTo(NastyTable.values(table().sqlite(), "SELECT " + expression + " FROM t ORDER BY id"));
    }
}
