package dev.outgrow.internal.sqlite.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.outgrow.testing.Patience;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '⇒', quoteCharacter = '\u0001', textBlock = """
                    a + b * c                        ⇒ (a + (b * c))
                    a - b - c                        ⇒ ((a - b) - c)
                    a * b % c / d                    ⇒ (((a * b) % c) / d)
                    a || b * c                       ⇒ ((a || b) * c)
                    -a || b                          ⇒ ((- a) || b)
                    - - a                            ⇒ (- (- a))
                    ~a + +b                          ⇒ ((~ a) + (+ b))
                    -a COLLATE nocase                ⇒ ((- a) COLLATE nocase)
                    a || b COLLATE nocase            ⇒ (a || (b COLLATE nocase))
                    a = b COLLATE nocase             ⇒ (a = (b COLLATE nocase))
                    a == b                           ⇒ (a = b)
                    a != b                           ⇒ (a <> b)
                    a = b < c                        ⇒ (a = (b < c))
                    a = b = c                        ⇒ ((a = b) = c)
                    a < b & c | d << 1               ⇒ (a < (((b & c) | d) << 1))
                    a & b + c                        ⇒ (a & (b + c))
                    NOT a = b                        ⇒ (NOT (a = b))
                    NOT a AND b OR c                 ⇒ (((NOT a) AND b) OR c)
                    a OR b AND NOT c                 ⇒ (a OR (b AND (NOT c)))
                    a = NOT b = c                    ⇒ (a = (NOT (b = c)))
                    NOT NOT a                        ⇒ (NOT (NOT a))
                    a IS NULL                        ⇒ (a IS NULL)
                    a ISNULL                         ⇒ (a IS NULL)
                    a NOTNULL                        ⇒ (a IS NOT NULL)
                    a NOT NULL                       ⇒ (a IS NOT NULL)
                    a IS NOT NULL                    ⇒ (a IS NOT NULL)
                    a IS NOT b                       ⇒ (a IS NOT b)
                    a IS DISTINCT FROM b             ⇒ (a IS NOT b)
                    a IS NOT DISTINCT FROM b         ⇒ (a IS b)
                    a = b ISNULL                     ⇒ ((a = b) IS NULL)
                    a + b NOT NULL                   ⇒ ((a + b) IS NOT NULL)
                    NOT a NOT NULL                   ⇒ (NOT (a IS NOT NULL))
                    a BETWEEN 1 AND 2 AND c          ⇒ ((a BETWEEN 1 AND 2) AND c)
                    a NOT BETWEEN b + 1 AND c * 2    ⇒ (a NOT BETWEEN (b + 1) AND (c * 2))
                    a BETWEEN b = c AND d            ⇒ (a BETWEEN (b = c) AND d)
                    a = b BETWEEN c AND d            ⇒ ((a = b) BETWEEN c AND d)
                    a LIKE b || '%'                  ⇒ (a LIKE (b || '%'))
                    a NOT LIKE '10\\%' ESCAPE '\\'   ⇒ (a NOT LIKE '10\\%' ESCAPE '\\')
                    a LIKE b LIKE c                  ⇒ ((a LIKE b) LIKE c)
                    a GLOB 'x*' AND b REGEXP c       ⇒ ((a GLOB 'x*') AND (b REGEXP c))
                    t MATCH 'q'                      ⇒ (t MATCH 'q')
                    like(a, b)                       ⇒ like(a, b)
                    replace(a, 'x', 'y')             ⇒ replace(a, 'x', 'y')
                    a IN ()                          ⇒ (a IN ())
                    a NOT IN (1, 'b', NULL)          ⇒ (a NOT IN (1, 'b', NULL))
                    a IN (SELECT b FROM t)           ⇒ (a IN (SELECT b FROM t))
                    a IN t                           ⇒ (a IN t)
                    a IN main.t                      ⇒ (a IN main.t)
                    a IN json_each(b)                ⇒ (a IN json_each(b))
                    (a, b) = (1, 2)                  ⇒ ((a, b) = (1, 2))
                    (a, b) IN (VALUES (1, 2))        ⇒ ((a, b) IN (VALUES (1, 2)))
                    ((a))                            ⇒ a
                    t.a + main.t.a                   ⇒ (t.a + main.t.a)
                    "a" + [b c] + `d` + 't'.'e'      ⇒ ((("a" + [b c]) + `d`) + 't'.'e')
                    'it''s'                          ⇒ 'it''s'
                    "a""b"                           ⇒ "a""b"
                    x'00FF'                          ⇒ x'00ff'
                    X''                              ⇒ x''
                    0x1F                             ⇒ 31
                    0xFFFFFFFFFFFFFFFF               ⇒ -1
                    0x00000000000000000001           ⇒ 1
                    1_000_000                        ⇒ 1000000
                    9223372036854775807              ⇒ 9223372036854775807
                    -9223372036854775808             ⇒ -9223372036854775808
                    9223372036854775808              ⇒ 9223372036854775808
                    1.5e3 + .5 + 1. + 1e-3           ⇒ (((1.5e3 + .5) + 1.) + 1e-3)
                    true AND FALSE                   ⇒ (TRUE AND FALSE)
                    "true"                           ⇒ "true"
                    current_timestamp                ⇒ CURRENT_TIMESTAMP
                    CASE WHEN a THEN b END           ⇒ (CASE WHEN a THEN b END)
                    CASE a WHEN 1 THEN b ELSE c END  ⇒ (CASE a WHEN 1 THEN b ELSE c END)
                    CAST(a AS VARCHAR(10))           ⇒ CAST(a AS VARCHAR(10))
                    CAST(a AS DECIMAL(10, -2))       ⇒ CAST(a AS DECIMAL(10, -2))
                    CAST(a AS unsigned big int)      ⇒ CAST(a AS unsigned big int)
                    EXISTS (SELECT 1)                ⇒ EXISTS (SELECT 1)
                    NOT EXISTS (SELECT 1)            ⇒ (NOT EXISTS (SELECT 1))
                    (SELECT max(a) FROM t)           ⇒ (SELECT max(a) FROM t)
                    count(*)                         ⇒ count(*)
                    count(DISTINCT a)                ⇒ count(DISTINCT a)
                    count()                          ⇒ count()
                    group_concat(a, ',' ORDER BY b DESC)    ⇒ group_concat(a, ',' ORDER BY b DESC)
                    sum(a) FILTER (WHERE b > 0)      ⇒ sum(a) FILTER (WHERE (b > 0))
                    sum(a) OVER w                    ⇒ sum(a) OVER w
                    rank() OVER (PARTITION BY a ORDER BY b) ⇒ rank() OVER ( PARTITION BY a ORDER BY b)
                    a -> '$.b' ->> 'c'               ⇒ ((a -> '$.b') ->> 'c')
                    a->>'b' = 1                      ⇒ ((a ->> 'b') = 1)
                    RAISE(ABORT, 'no')               ⇒ RAISE(ABORT, 'no')
                    RAISE(IGNORE)                    ⇒ RAISE(IGNORE)
                    ?1 + :name                       ⇒ (?1 + :name)
                    left + "right"                   ⇒ (left + "right")
                    key = desc                       ⇒ (key = desc)
                    a /* one -- two */ + -- three    ⇒ (a + b)
                    """)
    void bindsAsSqliteDoes(String text, String parenthesized) throws DdlSyntaxException {
        String whole = text.endsWith("three") ? text + "\n b" : text;

        assertThat(FullyParenthesized.sql(DdlParser.expression(whole))).isEqualTo(parenthesized);
    }

    @Test
    void tellsAQuotedNameThatMayBeALiteralFromOneThatMayNot() throws DdlSyntaxException {
        assertThat(column("\"a\"").mayBeStringLiteral()).isTrue();
        assertThat(column("[a]").mayBeStringLiteral()).isFalse();
        assertThat(column("`a`").mayBeStringLiteral()).isFalse();
        assertThat(column("t.\"a\"").mayBeStringLiteral()).isFalse();
    }

    private static Expression.ColumnRef column(String text) throws DdlSyntaxException {
        return (Expression.ColumnRef) DdlParser.expression(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(",
                ")",
                "a +",
                "a b",
                "(a",
                "a)",
                "'a",
                "\"a",
                "[a",
                "`a",
                "x'0'",
                "x'0g'",
                "1a",
                "0x",
                "a IS",
                "a IN",
                "a BETWEEN 1",
                "CASE END",
                "CASE WHEN a END",
                "CAST(a)",
                "a LIKE",
                "NOT",
                "f(",
                "f(a,)",
                "a.",
                "a.b.c.d",
                "select",
                "a NOT",
                "a ! b",
                "^",
                "0x10000000000000000",
                "EXISTS a",
                "1..2",
                "\u0000",
                "@",
                "a; b"
            })
    void refusesWhatIsNoExpression(String text) {
        assertThatExceptionOfType(DdlSyntaxException.class).isThrownBy(() -> DdlParser.expression(text));
    }

    @Test
    void keepsTreesShallow() throws DdlSyntaxException {
        assertThat(DdlParser.expression("a" + " AND a".repeat(1000))).isNotNull();
        for (String high : new String[] {
            "a" + " AND a".repeat(1001),
            "a" + " COLLATE nocase".repeat(1001),
            "(SELECT a" + "+a".repeat(600) + ")" + "+a".repeat(600),
            "coalesce(1, a" + "+a".repeat(600) + ")" + "+a".repeat(600)
        }) {
            assertThatExceptionOfType(DdlSyntaxException.class).isThrownBy(() -> DdlParser.expression(high));
        }
    }

    @Test
    void needsLittleStackHoweverHostileTheText() throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread parsing = new Thread(null, this::parseHostileText, "small stack", 512 * 1024);
        parsing.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        parsing.start();
        Patience.join(parsing);
        assertThat(failure.get()).isNull();
    }

    private void parseHostileText() {
        assertThatNoException()
                .isThrownBy(() -> DdlParser.expression("(".repeat(240) + "a" + ")".repeat(240))
                        .hashCode());
        assertThatNoException()
                .isThrownBy(
                        () -> DdlParser.expression("a" + " AND a".repeat(999)).hashCode());
        for (String hostile : new String[] {
            "a" + " AND a".repeat(100_000),
            "(".repeat(100_000) + "a" + ")".repeat(100_000),
            "NOT ".repeat(100_000) + "a",
            "- ".repeat(100_000) + "a",
            "f(".repeat(100_000),
            "CASE ".repeat(100_000),
            "(SELECT ".repeat(100_000),
            "(SELECT * FROM ".repeat(100_000),
            "(SELECT * FROM (".repeat(100_000),
            "(WITH a AS ".repeat(100_000),
            "(SELECT * FROM " + "(".repeat(100_000),
            "f(a) OVER (PARTITION BY ".repeat(100_000),
            "a IN (".repeat(100_000),
            "a" + " COLLATE nocase".repeat(100_000)
        }) {
            assertThatExceptionOfType(DdlSyntaxException.class).isThrownBy(() -> DdlParser.expression(hostile));
        }
    }
}
