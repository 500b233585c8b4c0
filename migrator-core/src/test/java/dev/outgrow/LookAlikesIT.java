package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Engines that call themselves PostgreSQL and break a law of a migration. The answers are theirs:
 *
 * <table>
 * <caption>What is known of each, and from where</caption>
 * <tr><th>engine</th><th>fact</th><th>source</th></tr>
 * <tr><td>PGlite</td><td>its {@code version()}; one session for all connections</td><td>run: npm {@code @electric-sql/pglite} 0.5.17,
 *     {@code pglite-socket} 0.2.17</td></tr>
 * <tr><td>QuestDB</td><td>its {@code version()}; SQLSTATE 00000 for what it does not know</td><td>run: {@code org.questdb:questdb}
 *     9.0.1</td></tr>
 * <tr><td>H2</td><td>refuses the driver's first statement by SQLSTATE 42001</td><td>run: {@code com.h2database:h2} 2.3.232,
 *     {@code -pg}</td></tr>
 * <tr><td>Pgpool-II</td><td>lets a standby answer what has only stable functions; {@code pg_is_in_recovery()} is none of them</td>
 *     <td>run: Debian's 4.3.5 before PostgreSQL 15.20 and a standby</td></tr>
 * <tr><td>PgBouncer</td><td>two connections share a process</td><td>run: Debian's 1.18.0, pool_mode transaction and statement</td></tr>
 * <tr><td>CockroachDB</td><td>no binary COPY out</td><td>its issue 97180; advisory locks and {@code version()}: DESIGN section 13</td></tr>
 * <tr><td>Aurora DSQL</td><td>its endpoints; no temporary tables, foreign keys, SAVEPOINT</td><td>AWS, "Unsupported PostgreSQL features
 *     in Aurora DSQL"</td></tr>
 * <tr><td>YugabyteDB</td><td>DDL commits by itself, unless a flag says otherwise</td><td>Yugabyte, "Transactional DDL"</td></tr>
 * <tr><td>CrateDB</td><td>no transactions</td><td>crate/crate, {@code docs/interfaces/postgres.rst}</td></tr>
 * <tr><td>Redshift, Materialize, RisingWave</td><td>{@code version()} as it is known of them</td><td>not run</td></tr>
 * </table>
 */
@ExtendWith(TestPostgres.class)
class LookAlikesIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SqliteFiles.write(folder.resolve("app.db"), "CREATE TABLE t(id INTEGER PRIMARY KEY)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version() | SELECT 'CockroachDB CCL v25.2.1 (x86_64-pc-linux-gnu, built 2025/06/02, go1.23.7)' | CockroachDB | advisory locks",
                "version() | SELECT 'PostgreSQL 17.5 on x86_64-pc-linux-gnu, compiled by emcc (Emscripten gcc/clang) 3.1.74, 32-bit' | PGlite | one session",
                "version() | SELECT 'PostgreSQL 18.6 (PGlite 0.5.14) on wasm32-unknown-emscripten, compiled by emcc 6.0.5, 32-bit' | PGlite | one session",
                "version() | SELECT 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc 3.4.2, Redshift 1.0.77467' | Redshift | not enforced",
                "version() | SELECT 'PostgreSQL 15.12-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, 64-bit' | YugabyteDB | commits by itself",
                "version() | SELECT 'PostgreSQL 12.3, compiled by Visual C++ build 1914, 64-bit, QuestDB' | QuestDB | no keys",
                "version() | SELECT 'CrateDB 5.10.1 (built 4efe4c1/2025-02-12T09:40:28Z, Linux 5.15 amd64)' | CrateDB | no transactions",
                "version() | SELECT 'PostgreSQL 9.5.0 on x86_64-unknown-linux-gnu (Materialize v0.130.1)' | Materialize | not enforced",
                "version() | SELECT 'PostgreSQL 13.14.0-RisingWave-2.3.0 (e6d4c2a)' | RisingWave | no transactions",
                "url | jdbc:postgresql://kmabugr6pz3pyxyeptsyuqvzeq.dsql.eu-west-1.on.aws:5432/postgres | Aurora DSQL | one DDL statement",
                "pg_backend_pid | SELECT '1 2026-01-01' | one session for all | locks keep nobody out",
                "version() | SELECT version | not PostgreSQL | does not understand",
                "SET TimeZone | SET a_setting_of_another = 1 | not PostgreSQL | 42704",
                "pg_try_advisory_lock | SELECT true | does not behave | two instances",
                "pg_export_snapshot | SELECT '00000003-0000001B-1' | does not behave | another sees",
                "transaction_read_only') = 'on' | SELECT true | a balancer stands between | standby",
                "to_regclass('pg_temp.outgrow_trial') | SELECT true | does not behave | rolled back",
            })
    @DisplayName("Each is refused by name, with the law that it would break, before the first write")
    void refusesByName(String question, String answer, String name, String law, TestDatabase database) {
        refused(TellingOtherwise.to(database.dataSource(), question, answer), name, law, database);
    }

    @Test
    @DisplayName("Without binary COPY nothing that arrived could be compared")
    void refusesWhatGivesNothingOutInBinary(TestDatabase database) {
        refused(TellingOtherwise.withoutBinaryCopy(database.dataSource()), "does not behave", "in binary", database);
    }

    @Test
    @DisplayName("A URL of several hosts, or a balancer, gives some sessions to a standby")
    void refusesSessionsOfSeveralServers(TestDatabase database) {
        PGSimpleDataSource standby = database.newRole("");
        standby.setOptions("-c default_transaction_read_only=on");
        DataSource either = new InTurns(List.of(database.dataSource(), database.dataSource(), standby));
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class, () -> Migration.from(file).to(either).run());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNFIT);
        assertThat(thrown).hasMessageContaining("several hosts").hasMessageContaining("standby");
        assertThat(thrown.remedy()).contains("targetServerType=primary", "load_balance_mode");
        assertThat(journals(database)).isEqualTo("0");
    }

    private void refused(DataSource target, String name, String law, TestDatabase database) {
        Migration migration = Migration.from(file).to(target);
        Migration existing = migration.into(TargetSchema.existing("public"));
        for (ThrowingCallable verb : List.<ThrowingCallable>of(
                migration::plan, migration::run, migration::rehearse, existing::plan, existing::run)) {
            MigrationException thrown = catchThrowableOfType(MigrationException.class, verb);
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNFIT);
            assertThat(thrown.getMessage()).contains(name, law);
            assertThat(thrown.remedy()).containsAnyOf("PostgreSQL server", "primary server");
        }
        assertThat(journals(database)).isEqualTo("0");
    }

    private static String journals(TestDatabase database) {
        return String.valueOf(database.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'outgrow'"));
    }

    @Test
    @DisplayName("YugabyteDB with transactional DDL is tried like any other")
    void takesYugabyteWithTransactionalDdl(TestDatabase database) {
        String yugabyte = "SELECT 'PostgreSQL 15.12-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, 64-bit'";
        DataSource target = TellingOtherwise.to(
                TellingOtherwise.to(database.dataSource(), "yb_ddl_transaction_block_enabled", "SELECT 'on'"),
                "pg_catalog.version()",
                yugabyte);
        Migration.from(file).to(target).run();
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 'PostgreSQL 16.8 (EnterpriseDB Advanced Server 16.8.0) on x86_64-pc-linux-gnu, 64-bit'",
                "SELECT 'PostgreSQL 16.4 on aarch64-unknown-linux-gnu, compiled by aarch64-unknown-linux-gnu-gcc, 64-bit'",
            })
    @DisplayName("What behaves like PostgreSQL is a target, whatever it is called")
    void takesWhatBehaves(String version, TestDatabase database) {
        Migration.from(file)
                .to(TellingOtherwise.to(database.dataSource(), "pg_catalog.version()", version))
                .run();
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("0");
    }
}
