package dev.outgrow.switchover;

import javax.sql.DataSource;

/** A question of the application's own to its new database, asked when the data is published and before anybody uses it. */
@FunctionalInterface
public interface SmokeTest {
    /**
     * Tries the database.
     *
     * @param postgres the target; connections taken from it are the callee's to close
     * @throws Exception if the application cannot work with it; the switch is taken back then
     */
    void run(DataSource postgres) throws Exception;
}
