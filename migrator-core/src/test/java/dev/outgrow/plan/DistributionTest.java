package dev.outgrow.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.outgrow.Migration;
import dev.outgrow.option.Backup;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Citus demands of tables that are spread over its workers is held against plan and census, before any server is asked. */
class DistributionTest {
    private static final String TENANTS = "CREATE TABLE tenants(id INTEGER PRIMARY KEY, name TEXT)";

    private static final CreatedSchema SCHEMA = TargetSchema.created("public");

    @TempDir
    Path folder;

    private int files;

    private MigrationPlan plan(CreatedSchema schema, String... statements) {
        return Migration.from(SqliteFiles.write(folder.resolve("app" + ++files + ".db"), statements))
                .backup(Backup.none())
                .into(schema)
                .typeRules(TypeRules.standard().column("small", "id").as(PgType.INTEGER))
                .plan();
    }

    private List<String> refused(CreatedSchema schema, String... statements) {
        MigrationPlan plan = plan(schema, statements);
        assertThat(plan.notices())
                .filteredOn(notice -> notice.id().startsWith("distribution:"))
                .allSatisfy(notice -> {
                    assertThat(notice.severity()).isEqualTo(Notice.Severity.BLOCKER);
                    assertThat(notice.remedies()).isNotEmpty();
                });
        return plan.notices().stream()
                .filter(notice -> notice.id().startsWith("distribution:"))
                .map(notice -> notice.id() + " " + notice.message())
                .toList();
    }

    @Test
    @DisplayName("A table that Citus would have to manage, and cannot, is refused")
    void refusesIdentitiesWithNamesInQuotes() {
        String[] app = {
            "CREATE TABLE Country(Code TEXT PRIMARY KEY)",
            "CREATE TABLE Place(PlaceId INTEGER PRIMARY KEY, Country TEXT REFERENCES Country)",
            "CREATE TABLE Street(StreetId INT PRIMARY KEY, Place INT REFERENCES Place)"
        };
        assertThat(refused(SCHEMA.reference("Country"), app))
                .singleElement()
                .asString()
                .startsWith("distribution:Place ")
                .contains("PlaceId");
        assertThat(refused(SCHEMA.reference("Country").reference("Place"), app)).isEmpty();
    }

    @Test
    @DisplayName(
            "The script takes reference tables, distributed ones and what is joined to the former to their places while they are empty")
    void takesTablesToTheirPlaces() {
        MigrationPlan plan = plan(
                SCHEMA.distributed("tenants", "id")
                        .distributed("orders", "TENANT_ID")
                        .colocatedWith("tenants")
                        .reference("countries"),
                TENANTS,
                "CREATE TABLE countries(code TEXT PRIMARY KEY)",
                "CREATE TABLE orders(tenant_id INT NOT NULL REFERENCES tenants, id INT, country REFERENCES countries,"
                        + " PRIMARY KEY (tenant_id, id))",
                "CREATE TABLE places(id INTEGER PRIMARY KEY, country TEXT REFERENCES countries)",
                "CREATE TABLE streets(id INTEGER PRIMARY KEY, place INT REFERENCES places)",
                "CREATE TABLE plain(id INTEGER PRIMARY KEY)");
        assertThat(plan.notices())
                .filteredOn(notice -> notice.id().startsWith("distribution:"))
                .isEmpty();
        assertThat(plan.ddl().lines().filter(line -> line.startsWith("SELECT ")))
                .containsExactly(
                        "SELECT create_reference_table('countries');",
                        "SELECT create_distributed_table('tenants', 'id', colocate_with => 'default');",
                        "SELECT create_distributed_table('orders', 'tenant_id', colocate_with => 'tenants');",
                        "SELECT citus_add_local_table_to_metadata('places');",
                        "SELECT citus_add_local_table_to_metadata('streets');",
                        "SELECT setval(pg_get_serial_sequence('tenants', 'id'), 1, false);",
                        "SELECT setval(pg_get_serial_sequence('places', 'id'), 1, false);",
                        "SELECT setval(pg_get_serial_sequence('streets', 'id'), 1, false);");
        assertThat(plan.ddl()).contains("ALTER TABLE plain ALTER COLUMN id RESTART WITH 1");
    }

    @Test
    @DisplayName("Names that are nothing are refused")
    void refusesNamesThatAreNothing() {
        assertThat(refused(SCHEMA.distributed("orders", "id"), TENANTS))
                .containsExactly(
                        "distribution:orders Table orders is to lie in a cluster, and is not among those that are migrated.");
        assertThat(refused(SCHEMA.distributed("tenants", "tenant"), TENANTS))
                .containsExactly(
                        "distribution:tenants Table tenants is to be distributed by tenant, and has no such column.");
        assertThat(refused(SCHEMA.distributed("tenants", "id").colocatedWith("others"), TENANTS))
                .containsExactly(
                        "distribution:tenants Table tenants is to lie beside others, which was not distributed before it.");
        assertThatIllegalStateException().isThrownBy(() -> SCHEMA.colocatedWith("tenants"));
        assertThatIllegalStateException().isThrownBy(() -> SCHEMA.reference("a").colocatedWith("tenants"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SCHEMA.reference("a").distributed("A", "b"));
    }

    @Test
    @DisplayName(
            "The column stands in every unique key, holds a value in every row, and is of a type that can be compared")
    void demandsTheColumnInEveryKey() {
        CreatedSchema byTenant = SCHEMA.distributed("t", "tenant");
        assertThat(refused(byTenant, "CREATE TABLE t(id INTEGER PRIMARY KEY, tenant INT)"))
                .singleElement()
                .asString()
                .contains("its unique key (id) is without that column");
        assertThat(refused(byTenant, "CREATE TABLE t(id INT, tenant INT, name TEXT UNIQUE, PRIMARY KEY (tenant, id))"))
                .singleElement()
                .asString()
                .contains("its unique key (name) is without");
        assertThat(refused(byTenant, "CREATE TABLE t(tenant INT)", "CREATE UNIQUE INDEX u ON t(abs(tenant))"))
                .singleElement()
                .asString()
                .contains("its unique key () is without");
        assertThat(refused(byTenant, "CREATE TABLE t(tenant INT)", "INSERT INTO t VALUES (1), (NULL)"))
                .singleElement()
                .asString()
                .contains("1 row has no value in it");
        assertThat(refused(byTenant, "CREATE TABLE t(a INT, tenant INT GENERATED ALWAYS AS (1) STORED)"))
                .singleElement()
                .asString()
                .contains("generated");
        assertThat(refused(SCHEMA.distributed("small", "id"), "CREATE TABLE small(id INTEGER PRIMARY KEY)"))
                .singleElement()
                .asString()
                .contains("its identity column id is integer");
    }

    @Test
    @DisplayName("A foreign key leads from column to column of tables that lie together, or to a reference table")
    void demandsForeignKeysThatStayTogether() {
        String orders = "CREATE TABLE orders(tenant_id INT REFERENCES tenants, id INT, PRIMARY KEY (tenant_id, id))";
        assertThat(refused(SCHEMA.distributed("tenants", "id"), TENANTS, orders))
                .singleElement()
                .asString()
                .contains("tenants is distributed, and orders is not");
        assertThat(refused(SCHEMA.distributed("orders", "tenant_id"), TENANTS, orders))
                .singleElement()
                .asString()
                .contains("tenants lies on the coordinator alone");
        assertThat(refused(SCHEMA.distributed("tenants", "id").distributed("orders", "id"), TENANTS, orders))
                .singleElement()
                .asString()
                .contains("does not lead from the one table's column of distribution to the other's");
        assertThat(refused(
                        SCHEMA.distributed("a", "id")
                                .distributed("tenants", "id")
                                .distributed("orders", "tenant_id")
                                .colocatedWith("a"),
                        "CREATE TABLE a(id INTEGER PRIMARY KEY)",
                        TENANTS,
                        orders))
                .isEmpty();
        assertThat(refused(
                        SCHEMA.distributed("a", "id")
                                .distributed("tenants", "id")
                                .distributed("orders", "tenant_id")
                                .colocatedWith("a"),
                        "CREATE TABLE a(id TEXT PRIMARY KEY)",
                        TENANTS,
                        orders))
                .anySatisfy(text -> assertThat(text).contains("whose column is text where this one is bigint"))
                .anySatisfy(text -> assertThat(text).contains("the tables do not lie beside each other"));
        assertThat(refused(
                        SCHEMA.distributed("tenants", "id").distributed("orders", "tenant_id"),
                        TENANTS,
                        "CREATE TABLE orders(tenant_id INT REFERENCES tenants ON DELETE SET NULL, n INT)"))
                .singleElement()
                .asString()
                .contains("its ON DELETE would change the column of distribution");
        assertThat(refused(SCHEMA.reference("tenants").distributed("orders", "tenant_id"), TENANTS, orders))
                .isEmpty();
    }
}
