package dev.outgrow.internal.existing;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.existing.TargetCatalog;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetSequence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rights that the role needs on existing tables: those of their owner, usually the role of the app's migrations.
 */
public final class TargetRights {
    private TargetRights() {}

    /**
     * Checks the tables to load and the sequences that fill them.
     *
     * @throws MigrationException naming everything that the role may not touch
     */
    static void demand(Connection postgres, List<TablePair> tables, TargetCatalog target) throws SQLException {
        Set<String> foreign = new TreeSet<>();
        Set<String> hidden = new TreeSet<>();
        Set<String> sequences = new TreeSet<>();
        for (TablePair table : tables) {
            if (!table.target().owned()) {
                foreign.add(table.target().name());
            }
            if (table.target().rowSecurity()) {
                hidden.add(table.target().name());
            }
            table.target().columns().stream()
                    .map(TargetColumn::sequence)
                    .flatMap(sequence -> sequence.stream())
                    .forEach(sequences::add);
        }
        target.sequences().stream()
                .filter(sequence -> !sequence.altering() && sequences.contains(sequence.sqlName()))
                .map(TargetSequence::sqlName)
                .forEach(foreign::add);
        if (!foreign.isEmpty()) {
            throw new MigrationException(
                    Reason.TARGET_RIGHTS,
                    "The role " + role(postgres) + " does not own " + String.join(", ", foreign)
                            + ": it cannot set triggers and foreign keys aside there.",
                    "run the migration with the role that runs the app's own migrations, or GRANT that role to this one.",
                    null);
        }
        if (!hidden.isEmpty()) {
            throw new MigrationException(
                    Reason.TARGET_RIGHTS,
                    "Row security policies apply to the role " + role(postgres) + " in " + String.join(", ", hidden)
                            + ".",
                    "run the migration with a role to which they do not apply: the owner, where FORCE ROW LEVEL SECURITY"
                            + " is off, or one with BYPASSRLS.",
                    null);
        }
    }

    private static String role(Connection postgres) throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_user")) {
            row.next();
            return row.getString(1);
        }
    }
}
