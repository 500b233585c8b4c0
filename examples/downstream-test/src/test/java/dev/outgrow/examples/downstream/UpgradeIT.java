package dev.outgrow.examples.downstream;

import static dev.outgrow.junit.MigrationAssertions.assertColumn;
import static dev.outgrow.junit.MigrationAssertions.assertNothingLost;

import dev.outgrow.junit.MigrationTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

// region README
@MigrationTest(fixture = "/app-v3.sql", configuredBy = TaskMigration.class)
class UpgradeIT {
    @Test
    void keepsEveryTask() {
        assertNothingLost();
        assertColumn("task", "due").at(1).is(Instant.parse("2024-03-31T10:00:00.123Z"));
        assertColumn("task", "made").at(1).is(Instant.parse("2024-03-31T10:00:00Z"));
        assertColumn("task", "price").is(12.5, 1299, null);
    }
}
// endregion
