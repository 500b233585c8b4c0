package dev.outgrow.internal.proof;

import java.sql.SQLException;

/** Compares two queries, and tells a disagreement from a failure. */
final class Proofs {
    private Proofs() {}

    static Finding compare(RowsQuery source, RowsQuery target, int keys) throws SQLException, InterruptedException {
        try {
            return Scratch.run(target.connection(), () -> new MultisetProof(source, target, keys, true).compare());
        } catch (SQLException e) {
            if (Scratch.isOfConnection(e)) {
                throw e;
            }
            return Scratch.failure(e);
        }
    }
}
