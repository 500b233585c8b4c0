package dev.outgrow.examples.spring.autoconfigure;

import dev.outgrow.Switchover;
import dev.outgrow.switchover.ActiveDatabase;
import org.springframework.beans.factory.InitializingBean;

/**
 * Switches once the app's migrations have made its tables in PostgreSQL, and before anything reads them. Of several instances one
 * switches; the others wait for it.
 *
 * @param switchover who does it
 */
record StartupSwitch(Switchover switchover) implements InitializingBean {
    @Override
    public void afterPropertiesSet() {
        if (switchover.active() == ActiveDatabase.MIGRATION_DUE) {
            switchover.switchOver();
        }
    }
}
