package dev.outgrow.examples.spring.autoconfigure;

import dev.outgrow.Switchover;
import dev.outgrow.exception.MigrationException;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/**
 * Up while the app is on the right database. It asks what the start asked, which costs little: so it notices when a forgotten worker
 * writes to the old file.
 */
final class SwitchoverHealth extends AbstractHealthIndicator {
    private final Switchover switchover;

    SwitchoverHealth(Switchover switchover) {
        this.switchover = switchover;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        try {
            health.up().withDetail("database", switchover.active().name());
        } catch (MigrationException e) {
            health.down().withDetail("reason", e.reason().name()).withDetail("remedy", e.remedy());
        }
    }
}
