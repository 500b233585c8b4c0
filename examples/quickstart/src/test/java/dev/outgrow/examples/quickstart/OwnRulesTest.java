package dev.outgrow.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.Migration;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.PlannedColumn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README's rules make of a table. A plan needs no server. */
class OwnRulesTest {
    @TempDir
    Path folder;

    @Test
    void decideBeforeTheStandardOnes() throws SQLException {
        Path file = folder.resolve("shop.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE orders(paid_at INT, sent_at DATETIME, gift TINYINT(1), due TEXT)");
            statement.executeUpdate("INSERT INTO orders VALUES (0, '', 1, '31.12.2024'), (1, NULL, 0, 'soon')");
        }
        MigrationPlan plan = OwnRules.ruled(Migration.from(file)).plan();
        assertThat(plan.tables().get(0).columns())
                .extracting(PlannedColumn::type)
                .isEqualTo(List.of("timestamptz", "timestamp", "boolean", "date"));
        assertThat(plan.blockers()).extracting(Notice::id).containsExactly("misfit:orders.due");
    }
}
