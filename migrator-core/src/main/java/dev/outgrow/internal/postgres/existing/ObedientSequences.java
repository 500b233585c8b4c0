package dev.outgrow.internal.postgres.existing;

import dev.outgrow.internal.postgres.DistributedSequences;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes sequences obey a rollback. A drawn value stays drawn whatever becomes of the transaction, unless the
 * transaction has altered the sequence before: then the sequence has a file of its own until the commit.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altersequence.html">PostgreSQL, "ALTER SEQUENCE", notes</a>
 */
public final class ObedientSequences {
    /**
     * The sequences of the schema, and those of other schemas from which its columns draw, as far as the role may alter
     * them.
     */
    private static final String SEQUENCES = """
            SELECT c.oid::pg_catalog.regclass::pg_catalog.text, s.seqincrement
              FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE pg_catalog.pg_has_role(c.relowner, 'USAGE')
               AND (n.nspname = ?
                    OR c.oid IN (SELECT d.refobjid FROM pg_catalog.pg_depend d
                                   JOIN pg_catalog.pg_attrdef a ON a.oid = d.objid
                                   JOIN pg_catalog.pg_class t ON t.oid = a.adrelid
                                   JOIN pg_catalog.pg_namespace m ON m.oid = t.relnamespace
                                  WHERE d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
                                    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND m.nspname = ?))
             ORDER BY c.oid""";

    private ObedientSequences() {}

    /**
     * Makes the sequences of a schema obey without changing them; except those of Citus, which cannot be altered.
     *
     * @param connection a session in a transaction, with an empty {@code search_path}, so that all names are qualified
     * @param schema the schema of the tables that draw from them
     * @param distributed the sequences of Citus
     */
    public static void of(Connection connection, String schema, DistributedSequences distributed) throws SQLException {
        List<String> alterations = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SEQUENCES)) {
            statement.setString(1, schema);
            statement.setString(2, schema);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (distributed.has(connection, row.getString(1))) {
                        continue;
                    }
                    alterations.add("ALTER SEQUENCE " + row.getString(1) + " INCREMENT BY " + row.getLong(2));
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String sql : alterations) {
                statement.execute(sql);
            }
        }
    }
}
