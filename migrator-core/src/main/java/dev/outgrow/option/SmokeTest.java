package dev.outgrow.option;

import javax.sql.DataSource;

/**
 * The app's own test of its new database. A rehearsal in a disposable database ends with it; a switchover calls it on the target once the
 * data is published.
 */
@FunctionalInterface
public interface SmokeTest {
    /**
     * Tests.
     *
     * @param postgres the database with the data, which the test may write to; the callee closes the connections it takes
     * @throws Exception if the app cannot work with it: the rehearsal fails, or the switch is taken back, with this as the cause
     */
    void test(DataSource postgres) throws Exception;
}
