package dev.outgrow.option;

import javax.sql.DataSource;

/** The app's own test of its new database, called at the end of a rehearsal in a database that may be thrown away. */
@FunctionalInterface
public interface SmokeTest {
    /**
     * Tests.
     *
     * @param postgres the rehearsed database, which the test may write to; connections taken from it are the callee's to close
     * @throws Exception if the app cannot work with it; the rehearsal fails then, with this as its cause
     */
    void test(DataSource postgres) throws Exception;
}
