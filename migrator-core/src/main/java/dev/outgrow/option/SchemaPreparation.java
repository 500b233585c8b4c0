package dev.outgrow.option;

import javax.sql.DataSource;

/** The app's own migrations as a callback: makes its tables in an empty schema. */
@FunctionalInterface
public interface SchemaPreparation {
    /**
     * Makes the tables.
     *
     * @param postgres the database that is to have them; connections taken from it are the callee's to close
     * @throws Exception if it did not work; the migration stops then, with this as its cause
     */
    void prepare(DataSource postgres) throws Exception;
}
