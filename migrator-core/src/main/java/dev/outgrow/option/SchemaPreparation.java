package dev.outgrow.option;

import javax.sql.DataSource;

/** The app's own migrations as a callback: makes its tables in an empty schema. */
@FunctionalInterface
public interface SchemaPreparation {
    /**
     * Makes the tables.
     *
     * @param postgres the database that is to have them; the callee closes the connections it takes
     * @throws Exception if it did not work; the migration then stops, with this as its cause
     */
    void prepare(DataSource postgres) throws Exception;
}
