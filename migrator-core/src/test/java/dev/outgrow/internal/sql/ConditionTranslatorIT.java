package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evaluates each condition in SQLite, and its translation in PostgreSQL, for every row of a nasty table. */
@ExtendWith(TestPostgres.class)
class ConditionTranslatorIT {
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
    @DisplayName("Conditions")
    @ValueSource(
            strings = {
                "i == 1",
                "i <> 2",
                "i IS NOT 1",
                "i IS NULL",
                "i ISNULL",
                "i NOTNULL",
                "i NOT NULL",
                "i IS j",
                "i",
                "NOT i",
                "i AND j",
                "i OR r",
                "r",
                "n",
                "f",
                "NOT f",
                "f = 1",
                "f == 0",
                "f IN (0, 1)",
                "f IS 1",
                "f <> 0",
                "f > 0",
                "f IS TRUE",
                "i IS NOT TRUE",
                "f = i",
                "f BETWEEN 0 AND 1",
                "f IN (0, 1, 2)",
                "i IN (1, 2, NULL)",
                "i NOT IN (1, 7)",
                "i IN ()",
                "i BETWEEN 0 AND 5",
                "i NOT BETWEEN j AND 7",
                "s = 'abc'",
                "s > 'B'",
                "s <= u",
                "s IN ('a', 'A')",
                "s LIKE 'a%'",
                "s LIKE 'A_c'",
                "s NOT LIKE '%B%'",
                "s LIKE 'a!%b' ESCAPE '!'",
                "s LIKE 'ä%'",
                "s LIKE u",
                "s LIKE '%\n%'",
                "s LIKE 'a\\%'",
                "i LIKE '2%'",
                "s GLOB 'a*'",
                "s GLOB '?b?'",
                "s GLOB '[a-c]*'",
                "s GLOB '*[^a-z]*'",
                "s GLOB 'a%*'",
                "s GLOB 'a[%_]b'",
                "s NOT GLOB 'A*'",
                "nc = 'BOB'",
                "nc > 'c'",
                "nc IN ('zoe', 'Ä')",
                "nc = u",
                "u = nc",
                "s = 'ABC' COLLATE NOCASE",
                "rt = 'x'",
                "rt IS 'x '",
                "rt < 'x '",
                "s COLLATE NOCASE BETWEEN 'a' AND 'b'",
                "i = '7'",
                "n = '7'",
                "s = 12",
                "i < 2.5",
                "s < 5.5",
                "n = 0.25",
                "n > 1",
                "r = 0.1",
                "r > i",
                "b = x'01ff'",
                "b > x'00'",
                "b IS NULL",
                "d = '2000-02-29'",
                "d > '1999-12-31'",
                "d < CURRENT_TIMESTAMP",
                "ts BETWEEN '1997-01-01 00:00:00' AND '2001-01-01 00:00:00'",
                "ts < datetime('now')",
                "ts > datetime('1997-01-01')",
                "ux > 1000000000",
                "ux = 0",
                "ux IS NULL",
                "uu = '6f9619ff-8b86-d011-b42d-00cf4fc964ff'",
                "uu IS NOT NULL",
                "ts IS datetime(ts)",
                "datetime(w) IS NULL",
                "date(d) IS d",
                "i > 0 AND (s = 'a' OR s IS NULL)",
                "rowid > 100",
                "t.i = 1",
                "s = \"abc\"",
                "i > -1",
                "-i < 2",
                "length(s) > 2",
                "iif(i > 1, f, 0)",
                "CASE WHEN i > 1 THEN f ELSE i END",
                "i & 1",
                "coalesce(f, 0)",
                "s COLLATE BINARY = 'abc'",
                "i = TRUE",
                "like('a%', s)",
                "u < 'a' OR u >= 'b'",
                "1",
                "NULL",
                "'1'",
                "i IS NULL OR i % 2 = 0",
                "ts > '2000-02-29'",
                "ts >= '2000-02-29'",
                "ts < '2000-02-29'",
                "ts <= '2000-02-29'",
                "'2000-02-29' < ts",
                "ts BETWEEN '1997-01-01' AND '2000-02-29'",
                "ts NOT BETWEEN '1970-01-02' AND '2000-02-29'",
                "ts > date('2000-02-29', '+0 days')",
                "(i, j) = (1, 2)",
                "(i, s) <> (1, 'a')",
                "(i, j, s) < (7, 2, 'b')",
                "(i, s) >= (j, u)",
                "json_extract(js, '$.a') = 'x'",
                "json_extract(js, '$.a') <> 'x'",
                "json_extract(js, '$.a') = 'true'",
                "json_extract(jt, '$.n') = '5'",
                "js ->> 'n' = 5",
                "js ->> 'n' <> 1",
                "js ->> '$.n' > 2",
                "jt ->> 'n' <= 5",
                "js -> 'o' ->> 'k' = 'x'",
                "js -> 'o' -> 'k' ->> 0 = 1",
                "json_extract(js, '$.o.k[1]') = 'two'",
                "json_extract(js, '$.o.k[0]') IN (1, 'two')",
                "json_extract(js, '$.\"a\"') IS NULL",
                "json_extract(jt, '$.o.k') IS NOT NULL",
                "json_extract(js, '$.a') NOT IN ('x', 'ä b')",
                "CAST(json_extract(js, '$.n') AS INTEGER) = 5",
                "CAST(jt ->> 'n' AS REAL) < 3",
                "js ->> 'a' IS 'x'",
                "jt ->> 'n' IS NOT 1"
            })
    void conditionsHoldForTheSameRows(String condition) throws SQLException, DdlSyntaxException {
        Translation translation = new ExpressionTranslator(table().relation()).check(DdlParser.expression(condition));
        table().agree("CASE WHEN " + condition + " THEN 1 WHEN NOT (" + condition + ") THEN 0 END", translation);
    }
}
