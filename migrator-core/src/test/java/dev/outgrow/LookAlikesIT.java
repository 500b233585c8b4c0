package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Engines that call themselves PostgreSQL and break a law of a migration. The answers are theirs: CockroachDB and Redshift by
 * {@code version()} as it is known of them (neither was run), Aurora DSQL by its endpoints ("Unsupported PostgreSQL features", AWS), PGlite by its build,
 * YugabyteDB by DDL that commits by itself unless {@code ysql_yb_ddl_transaction_block_enabled} is on ("Transactional DDL").
 */
@ExtendWith(TestPostgres.class)
class LookAlikesIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version() | SELECT 'CockroachDB CCL v25.2.1 (x86_64-pc-linux-gnu, built 2025/06/02, go1.23.7)' | CockroachDB | advisory locks",
                "version() | SELECT 'PostgreSQL 17.5 on x86_64-pc-linux-gnu, compiled by emcc (Emscripten gcc/clang) 3.1.74, 32-bit' | PGlite | one session",
                "version() | SELECT 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc 3.4.2, Redshift 1.0.77467' | Redshift | not enforced",
                "url | jdbc:postgresql://kmabugr6pz3pyxyeptsyuqvzeq.dsql.eu-west-1.on.aws:5432/postgres | Aurora DSQL | one DDL statement",
                "pg_try_advisory_lock | SELECT true | does not behave | two instances",
                "to_regclass('pg_temp.outgrow_trial') | SELECT true | does not behave | rolled back",
            })
    @DisplayName("Each is refused by name, with the law that it would break, before the first write")
    void refusesByName(String question, String answer, String name, String law, TestDatabase database) {
        Path file = SqliteFiles.write(folder.resolve("app.db"), "CREATE TABLE t(id INTEGER PRIMARY KEY)");
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class,
                () -> Migration.from(file)
                        .to(TellingOtherwise.to(database.dataSource(), question, answer))
                        .run());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNFIT);
        assertThat(thrown.getMessage()).contains(name, law);
        assertThat(thrown.remedy()).contains("migrate into a PostgreSQL server");
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'outgrow'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 'PostgreSQL 15.12-YB-2025.1.0.0-b0 on x86_64-pc-linux-gnu, 64-bit'",
                "SELECT 'PostgreSQL 16.8 (EnterpriseDB Advanced Server 16.8.0) on x86_64-pc-linux-gnu, 64-bit'",
                "SELECT 'PostgreSQL 16.4 on aarch64-unknown-linux-gnu, compiled by aarch64-unknown-linux-gnu-gcc, 64-bit'",
            })
    @DisplayName("What behaves like PostgreSQL is a target, whatever it is called")
    void takesWhatBehaves(String version, TestDatabase database) {
        Path file = SqliteFiles.write(folder.resolve("app.db"), "CREATE TABLE t(id INTEGER PRIMARY KEY)");
        Migration.from(file)
                .to(TellingOtherwise.to(database.dataSource(), "pg_catalog.version()", version))
                .run();
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("0");
    }
}
