package dev.outgrow.internal.existing;

import com.google.common.math.LongMath;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Whether the sequences stand where they must, whoever owns them.
 *
 * @param positions where they must stand
 * @param writtenSince whether the app may have drawn from them since
 */
public record SequencesProof(List<SequenceMove> positions, boolean writtenSince) implements SchemaProof {
    @Override
    public void prove(Connection sqlite, Connection postgres, Findings findings) throws SQLException {
        try (Statement statement = postgres.createStatement()) {
            for (SequenceMove position : positions) {
                Standing standing = standing(statement, position.sqlName());
                long next = standing.next;
                boolean right = position.exhausted()
                        ? standing.isCalled && standing.last == position.next()
                        : next == position.next() || (writtenSince && next > position.next());
                if (!right) {
                    findings.wrong(
                            "sequence:" + position.sqlName(),
                            position.exhausted()
                                    ? "it gives its last value once more"
                                    : "the next value is " + next + " where it must be " + position.next());
                }
            }
        }
    }

    /**
     * Where a sequence stands.
     *
     * @param next the value that it would give next, were there no end
     */
    private record Standing(long last, boolean isCalled, long next) {}

    private static Standing standing(Statement statement, String sequence) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT s.last_value, s.is_called, q.seqincrement FROM " + sequence
                + " s JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.tableoid")) {
            row.next();
            long last = row.getLong(1);
            boolean isCalled = row.getBoolean(2);
            return new Standing(last, isCalled, LongMath.saturatedAdd(last, isCalled ? row.getLong(3) : 0));
        }
    }
}
