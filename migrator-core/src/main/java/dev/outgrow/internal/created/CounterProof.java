package dev.outgrow.internal.created;

import com.google.common.math.LongMath;
import dev.outgrow.internal.blueprint.CounterSequence;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether a sequence continues from the value of the table that counted for it.
 *
 * @param schema where it is now
 * @param sequence what it must be
 * @param writtenSince whether the app may have drawn from it since
 */
record CounterProof(String schema, CounterSequence sequence, boolean writtenSince) implements SchemaProof {
    private static final String INCREMENT = """
            SELECT q.seqincrement FROM pg_catalog.pg_sequence q
              JOIN pg_catalog.pg_class c ON c.oid = q.seqrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ?""";

    @Override
    public void prove(Connection sqlite, Connection postgres, Findings findings) throws SQLException {
        String id = "sequence:" + sequence.targetName();
        try (PreparedStatement increment = postgres.prepareStatement(INCREMENT)) {
            increment.setString(1, schema);
            increment.setString(2, sequence.targetName());
            try (ResultSet row = increment.executeQuery()) {
                if (!row.next()) {
                    findings.wrong(id, "it is not there");
                    return;
                }
                if (row.getLong(1) != sequence.increment()) {
                    findings.wrong(id, "its step is " + row.getLong(1) + " where it must be " + sequence.increment());
                }
            }
        }
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT last_value, is_called FROM " + Identifier.qualified(schema, sequence.targetName()))) {
            row.next();
            long next = LongMath.saturatedAdd(row.getLong(1), row.getBoolean(2) ? sequence.increment() : 0);
            if (next < sequence.next() || (next > sequence.next() && !writtenSince)) {
                findings.wrong(id, "the next value is " + next + " where it must be " + sequence.next());
            }
        }
    }
}
