package dev.outgrow.validate.internal.catalog;

import java.sql.Connection;
import java.sql.SQLException;

/** A question about the schema in addition to the comparison of rows, such as whether a view gives the same rows. */
@FunctionalInterface
public interface SchemaProof {
    /** Receives what a proof finds. */
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

    /** What it is about, for progress events. */
    default String subject() {
        return "the schema";
    }

    /**
     * Checks the source. Whatever it changes in PostgreSQL is rolled back afterwards.
     *
     * @param sqlite the source
     * @param postgres the target, in a transaction: of its own, so that now() is now, unless the connection is the caller's
     * @param findings where to leave what was found
     */
    void prove(Connection sqlite, Connection postgres, Findings findings) throws SQLException;
}
