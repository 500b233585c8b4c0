package dev.outgrow.validate.internal;

import java.sql.Connection;
import java.sql.SQLException;

/** A question about the schema that is asked beside the comparison of rows, such as whether a view gives the same rows. */
@FunctionalInterface
public interface SchemaProof {
    /** Where a proof leaves what it found. */
    interface Findings {
        /**
         * Something is wrong.
         *
         * @param id {@code kind:subject}
         * @param message what, in a sentence, without any value of a row
         */
        void wrong(String id, String message);

        /**
         * Something could not be compared.
         *
         * @param subject what
         * @param reason why, in a clause
         */
        void notCompared(String subject, String reason);
    }

    /** What it is about, for whoever is told of progress. */
    default String subject() {
        return "the schema";
    }

    /**
     * Asks. Whatever it changes in PostgreSQL is rolled back afterwards.
     *
     * @param sqlite the source
     * @param postgres the target, in a transaction: of its own, so that now() is now, unless the connection is the caller's
     * @param findings where to leave what was found
     */
    void prove(Connection sqlite, Connection postgres, Findings findings) throws SQLException;
}
