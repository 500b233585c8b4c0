package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.exception.ValidationFailedException;
import dev.outgrow.option.Backup;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Tables that we make, spread over the workers of Citus. */
@EnabledIfSystemProperty(
        named = "migrator.test.citus",
        matches = "jdbc:postgresql:.+",
        disabledReason = "no cluster of Citus was given: -Dmigrator.test.citus=<JDBC URL of its coordinator>")
class CitusCreatedIT {
    private static final String SCHEMA = "outgrow_citus_created";

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnAppOfTenants() throws SQLException {
        file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE countries(code TEXT PRIMARY KEY, name TEXT COLLATE NOCASE)",
                "CREATE TABLE tenants(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL)",
                "CREATE TABLE orders(tenant_id INTEGER NOT NULL REFERENCES tenants, id INTEGER NOT NULL,"
                        + " country TEXT REFERENCES countries, total REAL CHECK (total >= 0), twice GENERATED ALWAYS AS (total * 2) STORED,"
                        + " PRIMARY KEY (tenant_id, id))",
                "CREATE TABLE audit(tenant_id INTEGER NOT NULL, what BLOB)",
                "CREATE TABLE \"Odd Names\"(\"Tenant's Id\" INTEGER NOT NULL, v TEXT)",
                "CREATE TABLE places(id INTEGER PRIMARY KEY, country TEXT REFERENCES countries)",
                "CREATE TABLE settings(k TEXT PRIMARY KEY, v TEXT) WITHOUT ROWID",
                "CREATE INDEX orders_country ON orders(country)",
                "CREATE INDEX orders_large ON orders(abs(total)) WHERE total > 5",
                "CREATE VIEW dear AS SELECT tenant_id, count(*) AS n FROM orders WHERE total > 5 GROUP BY tenant_id",
                "INSERT INTO countries VALUES ('de', 'Deutschland'), ('fr', 'France')",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)"
                        + " INSERT INTO tenants SELECT i, 't' || i FROM n",
                "DELETE FROM tenants WHERE id = 100",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) INSERT INTO orders"
                        + " (tenant_id, id, country, total) SELECT 1 + i % 99, i, CASE i % 2 WHEN 0 THEN 'de' ELSE 'fr' END, i * 0.5 FROM n",
                "INSERT INTO audit SELECT tenant_id, randomblob(20) FROM orders",
                "INSERT INTO places VALUES (33, 'de')",
                "INSERT INTO settings VALUES ('theme', 'dark')");
        leavesNothing();
    }

    @AfterEach
    void leavesNothing() throws SQLException {
        migration(TargetSchema.created(SCHEMA)).forget();
        CitusIT.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
    }

    private static CreatedSchema spread() {
        return TargetSchema.created(SCHEMA)
                .distributed("tenants", "id")
                .distributed("orders", "tenant_id")
                .colocatedWith("tenants")
                .distributed("audit", "tenant_id")
                .distributed("Odd Names", "Tenant's Id")
                .reference("countries");
    }

    private Migration migration(CreatedSchema schema) {
        return Migration.from(file)
                .to(System.getProperty("migrator.test.citus", ""))
                .backup(Backup.none())
                .into(schema);
    }

    private static List<String> places() throws SQLException {
        return CitusIT.rows(
                "SELECT c.relname || ' ' || p.partmethod::text || ' ' || p.repmodel::text FROM pg_dist_partition p"
                        + " JOIN pg_class c ON c.oid = p.logicalrelid WHERE c.relnamespace::regnamespace::text = '"
                        + SCHEMA
                        + "' ORDER BY 1");
    }

    @Test
    @DisplayName("Rows, keys, foreign keys, indexes, views and identities arrive, each table in its place")
    void spreadsTheTables() throws SQLException {
        MigrationReport report = migration(spread()).run();
        assertThat(report.rows()).isEqualTo(24_103);
        assertThat(places())
                .containsExactlyInAnyOrder(
                        "audit h s", "countries n t", "Odd Names h s", "orders h s", "places n s", "tenants h s");
        assertThat(migration(spread()).validate().passed()).isTrue();
        assertThat(
                        CitusIT.rows(
                                "SELECT count(*) FROM pg_constraint WHERE connamespace = '" + SCHEMA
                                        + "'::regnamespace AND contype = 'f' AND convalidated AND conrelid::regclass::text ~ '(orders|places)$'"))
                .containsExactly("3");
        CitusIT.execute(
                "INSERT INTO " + SCHEMA + ".tenants (name) VALUES ('new')",
                "INSERT INTO " + SCHEMA + ".places (country) VALUES ('fr')");
        assertThat(CitusIT.rows("SELECT max(id) FROM " + SCHEMA + ".tenants UNION ALL SELECT max(id) FROM " + SCHEMA
                        + ".places"))
                .containsExactlyInAnyOrder("101", "34");
        CitusIT.execute("UPDATE " + SCHEMA + ".orders SET total = 1 WHERE tenant_id = 5 AND id = 4");
        assertThat(migration(spread()).validate().passed()).isFalse();
        assertThat(catchThrowableOfType(
                        MigrationException.class, () -> migration(spread()).rehearse()))
                .isNotNull();
    }

    @Test
    @DisplayName("A rehearsal, and a run that fails, leave nothing on coordinator and workers")
    void takesItBack() throws SQLException {
        assertThat(migration(spread()).rehearse().report().rows()).isEqualTo(24_103);
        assertThat(catchThrowableOfType(
                        ValidationFailedException.class,
                        () -> migration(spread())
                                .check("no", context -> {
                                    throw new IllegalStateException("no");
                                })
                                .run()))
                .isNotNull();
        assertThat(CitusIT.rows(
                        "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'outgrow\\_staging%' OR nspname = '"
                                + SCHEMA + "'"))
                .isEmpty();
        assertThat(CitusIT.rows(
                        "SELECT result FROM run_command_on_workers($$SELECT count(*) FROM pg_namespace WHERE nspname LIKE"
                                + " 'outgrow\\_staging%' OR nspname = '" + SCHEMA + "'$$)"))
                .containsOnly("0");
    }

    @Test
    @DisplayName("Who says nothing is told what could be spread, and gets tables on the coordinator")
    void tellsWhatCouldBeSpread() throws SQLException {
        Migration migration = migration(TargetSchema.created(SCHEMA));
        Notice advice = migration.plan().notices().stream()
                .filter(notice -> notice.id().equals("distribution:" + SCHEMA))
                .findFirst()
                .orElseThrow();
        assertThat(advice.severity()).isEqualTo(Notice.Severity.INFO);
        assertThat(advice.message())
                .contains(
                        "orders by tenant_id", "tenants by id", "audit by tenant_id", "countries as a reference table");
        assertThat(advice.remedies().get(0).java())
                .contains(".distributed(\"tenants\", \"id\")", ".reference(\"countries\")");
        assertThat(migration.run().rows()).isEqualTo(24_103);
        assertThat(places()).isEmpty();
    }

    /** What the README says about tables that are spread later. */
    @Test
    @DisplayName(
            "Identities that Citus sets back when tables are spread later are found, and repaired by the README's line")
    void findsIdentitiesThatAreSetBackLater() throws SQLException {
        Migration migration = migration(TargetSchema.created(SCHEMA));
        migration.run();
        String path = "SET search_path = " + SCHEMA;
        CitusIT.execute(path, "SELECT create_reference_table('countries')", "SELECT create_reference_table('tenants')");
        assertThat(places()).contains("countries n t", "places n s", "tenants n t");
        String said = migration.validate().toString();
        assertThat(said).contains("identity:places.id: the next value is 1 where it must be 34");
        for (String table : List.of("places", "tenants")) {
            CitusIT.execute(
                    path,
                    "SELECT setval(pg_get_serial_sequence('" + table + "', 'id'), (SELECT max(id) FROM " + table
                            + "))");
        }
        CitusIT.execute(path, "SELECT setval(pg_get_serial_sequence('tenants', 'id'), 100)");
        assertThat(migration.validate().passed()).as(said).isTrue();
    }

    @Test
    @DisplayName("A server that is no Citus refuses places before the first write")
    void refusesAPlainServer() {
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            MigrationException refused = catchThrowableOfType(
                    MigrationException.class,
                    () -> Migration.from(file)
                            .to(database.dataSource())
                            .into(spread())
                            .run());
            assertThat(refused.reason()).isEqualTo(Reason.PLAN_BLOCKED);
            assertThat(refused.getMessage()).contains("not a coordinator of Citus");
        }
    }
}
