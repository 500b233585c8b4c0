package dev.outgrow.internal.sqlite.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQLite itself says whether the parser binds as it does: an expression must have the value of its parenthesized form. */
class PrecedenceAgainstSqliteTest {
    private static final int ROUNDS = 4000;
    private static final List<String> OPERANDS = ImmutableList.of(
            "1",
            "2",
            "0",
            "3",
            "-1",
            "NULL",
            "'a'",
            "'B'",
            "'b'",
            "'2'",
            "1.5",
            "x'61'",
            "i",
            "s",
            "n",
            "u",
            "TRUE",
            "0x10",
            "abs(i)",
            "CASE WHEN i THEN s ELSE 0 END",
            "CAST(s AS INTEGER)",
            "(SELECT 2)",
            "EXISTS (SELECT 1)",
            "CASE s WHEN 'b' THEN 2 END",
            "max(i, 2)",
            "coalesce(n, 'x')",
            "-9223372036854775808",
            "9223372036854775808");
    private static final List<String> OPERATORS = ImmutableList.of(
            "+",
            "-",
            "*",
            "/",
            "%",
            "||",
            "&",
            "|",
            "<<",
            ">>",
            "<",
            "<=",
            ">",
            ">=",
            "=",
            "==",
            "<>",
            "!=",
            "IS",
            "IS NOT",
            "IS DISTINCT FROM",
            "IS NOT DISTINCT FROM",
            "LIKE",
            "NOT LIKE",
            "GLOB",
            "NOT GLOB",
            "AND",
            "OR",
            "->",
            "->>");
    private static final List<String> PREFIXES = ImmutableList.of("NOT ", "- ", "+ ", "~ ");
    private static final List<String> SUFFIXES = ImmutableList.of(
            " ISNULL",
            " NOTNULL",
            " NOT NULL",
            " IS NULL",
            " IS NOT NULL",
            " COLLATE nocase",
            " COLLATE rtrim",
            " IN (1, 'b')",
            " NOT IN (2, NULL)",
            " IN ()",
            " IN (SELECT i FROM t)",
            " BETWEEN 0 AND 2",
            " NOT BETWEEN i AND 'c'",
            " BETWEEN 1 + 0 AND 3 * 2",
            " LIKE '_' ESCAPE 'b'",
            " IN t");

    @ParameterizedTest
    @ValueSource(longs = {1, 20_240_611, -7})
    void bindsAsSqliteDoes(long seed) throws SQLException {
        Random random = new Random(seed);
        int compared = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("create table t(i integer)");
            statement.executeUpdate("insert into t values (1), (3)");
            statement.executeUpdate("create table v(i integer, s text collate nocase, n numeric, u)");
            statement.executeUpdate("insert into v values (2, 'B', 1.5, '2'), (0, 'a', null, 3)");
            for (int round = 0; round < ROUNDS; round++) {
                String text = expression(random);
                String parenthesized;
                try {
                    parenthesized = FullyParenthesized.sql(DdlParser.expression(text));
                } catch (DdlSyntaxException e) {
                    throw new AssertionError("Seed " + seed + ": cannot parse " + text, e);
                }
                String value = value(statement, text);
                assertThat(value(statement, parenthesized))
                        .as("seed %d: %s as %s", seed, text, parenthesized)
                        .isEqualTo(value);
                compared += value.startsWith("error") ? 0 : 1;
            }
        }
        assertThat(compared).isGreaterThan(ROUNDS / 2);
    }

    private static String expression(Random random) {
        StringBuilder text = new StringBuilder();
        int operands = 1 + random.nextInt(5);
        for (int i = 0; i < operands; i++) {
            if (i > 0) {
                text.append(' ').append(any(OPERATORS, random)).append(' ');
            }
            while (random.nextInt(4) == 0) {
                text.append(any(PREFIXES, random));
            }
            text.append(any(OPERANDS, random));
            while (random.nextInt(4) == 0) {
                text.append(any(SUFFIXES, random));
            }
        }
        return text.toString();
    }

    private static String any(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static String value(Statement statement, String expression) {
        StringBuilder values = new StringBuilder();
        try (ResultSet rows = statement.executeQuery("select quote(" + expression + ") from v")) {
            while (rows.next()) {
                values.append(rows.getString(1)).append(' ');
            }
            return values.toString();
        } catch (SQLException e) {
            return "error " + e.getErrorCode();
        }
    }
}
