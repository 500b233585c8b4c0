package dev.outgrow.examples.spring.autoconfigure;

import dev.outgrow.Switchover;
import dev.outgrow.switchover.ActiveDatabase;
import org.springframework.beans.factory.InitializingBean;

/**
 * Asks which database is the right one, before anything touches the one that the settings name.
 *
 * @param switchover who knows
 * @param properties the settings
 */
record StartupGate(Switchover switchover, OutgrowProperties properties) implements InitializingBean {
    @Override
    public void afterPropertiesSet() {
        if (switchover.active() == ActiveDatabase.MIGRATION_DUE
                && properties.onStartup() == OutgrowProperties.OnStartup.REFUSE) {
            throw new MigrationDueException(properties.file());
        }
    }
}
