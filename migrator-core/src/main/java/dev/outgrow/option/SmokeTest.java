package dev.outgrow.option;

import javax.sql.DataSource;

/** The app's own test of its new database, called at the end of a rehearsal in a disposable database. */
@FunctionalInterface
public interface SmokeTest {
    /**
     * Tests.
     *
     * @param postgres the rehearsed database, which the test may write to; the callee closes the connections it takes
     * @throws Exception if the app cannot work with it; the rehearsal then fails, with this as its cause
     */
    void test(DataSource postgres) throws Exception;
}
