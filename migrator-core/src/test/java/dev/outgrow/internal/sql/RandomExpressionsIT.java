package dev.outgrow.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import dev.outgrow.typemap.PgType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Expressions that nobody thought of: each is refused, or has the same value in both databases for every row. The system
 * property {@code migrator.test.rounds} says how many there are (600 by default), {@code migrator.test.seed} which.
 */
@Thorough
@ExtendWith(TestPostgres.class)
class RandomExpressionsIT {
    /** "Data Exception": PostgreSQL raises an error where SQLite goes on in doubles. A proof meets it as a failure. */
    private static final String OUT_OF_RANGE = "22";

    private int translated;
    private int outOfRange;

    @Test
    void areRefusedOrMeanTheSame(TestDatabase database) throws SQLException {
        long seed = Long.getLong("migrator.test.seed", 20260102);
        int rounds = Integer.getInteger("migrator.test.rounds", 600);
        RandomExpression expressions = new RandomExpression(new Random(seed));
        List<String> disagreements = new ArrayList<>();
        try (NastyTable table = NastyTable.in(database)) {
            for (int round = 0; round < rounds; round++) {
                String expression = expressions.any(1 + round % 3);
                String found = disagreement(table, expression);
                if (!found.isEmpty()) {
                    disagreements.add(found);
                }
            }
        }
        assertThat(disagreements)
                .as("of %d expressions with the seed %d, of which %d were translated", rounds, seed, translated)
                .isEmpty();
        // A translator that refuses everything would agree with everything.
        assertThat(translated).isGreaterThan(rounds / 3);
        assertThat(outOfRange).isLessThan(rounds / 20);
    }

    /** A column handed on as it is: drivers write times each in their own way. */
    private static boolean isTime(PgType type) {
        return switch (type.kind()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
            default -> false;
        };
    }

    private String disagreement(NastyTable table, String expression) throws SQLException {
        List<@Nullable Object> expected;
        try {
            expected = NastyTable.values(table.sqlite(), "SELECT " + expression + " AS value FROM t ORDER BY id");
        } catch (SQLException e) {
            return "";
        }
        Translation translation;
        try {
            translation = NastyTable.value(table.relation(), expression);
        } catch (DdlSyntaxException e) {
            return expression + ": SQLite takes it, the parser does not";
        }
        if (!(translation instanceof Translation.Translated made) || isTime(made.type())) {
            return "";
        }
        translated++;
        Connection postgres = table.postgres();
        try {
            List<@Nullable Object> actual =
                    NastyTable.values(postgres, "SELECT " + made.sql() + " AS value FROM t ORDER BY id");
            for (int row = 0; row < expected.size(); row++) {
                if (!NastyTable.same(expected.get(row), actual.get(row))) {
                    return String.format(
                            Locale.ROOT,
                            "%s%n  -> %s%n  row %d: %s in SQLite, %s in PostgreSQL",
                            expression,
                            made.sql(),
                            row + 1,
                            expected.get(row),
                            actual.get(row));
                }
            }
            return "";
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(OUT_OF_RANGE)) {
                outOfRange++;
                return "";
            }
            return expression + "\n  -> " + made.sql() + "\n  " + e.getMessage();
        }
    }
}
