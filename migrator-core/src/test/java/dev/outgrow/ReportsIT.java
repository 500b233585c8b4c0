package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.NeedsShared;
import dev.outgrow.testing.SharedFolder;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.TestSession;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.validate.SchemaFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What other projects' users reported of their moves from SQLite: each is right here, or is named before the first write. */
@NeedsShared("reports")
@ExtendWith(TestPostgres.class)
class ReportsIT {
    private static final TypeRules UTC = TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC);

    @TempDir
    Path folder;

    /** One way to migrate a report's source, and what comes of it. */
    private record Case(
            String report,
            boolean existing,
            String schema,
            List<String> sqlite,
            UnaryOperator<Migration> how,
            List<String> blockers,
            List<String> facts) {
        Case with(UnaryOperator<Migration> more) {
            return new Case(report, existing, schema, sqlite, more, blockers, facts);
        }

        Case after(String... statements) {
            return new Case(report, existing, schema, List.of(statements), how, blockers, facts);
        }

        /** Blockers as {@code id count keys}; the run is refused. */
        Case refuses(String... expected) {
            return new Case(report, existing, schema, sqlite, how, List.of(expected), facts);
        }

        /** Runs, and then these queries give these values: {@code query → value}. */
        Case gives(String... expected) {
            return new Case(report, existing, schema, sqlite, how, blockers, List.of(expected));
        }

        @Override
        public String toString() {
            return report + (existing ? " existing " : " created ") + (blockers.isEmpty() ? facts : blockers);
        }
    }

    private static Case created(String report) {
        return new Case(report, false, "made", List.of(), UnaryOperator.identity(), List.of(), List.of());
    }

    private static Case existing(String report) {
        return new Case(report, true, "public", List.of(), UnaryOperator.identity(), List.of(), List.of());
    }

    private static Case existing(String report, String schema) {
        return new Case(report, true, schema, List.of(), UnaryOperator.identity(), List.of(), List.of());
    }

    private static UnaryOperator<Migration> rules(TypeRules rules, String... accepted) {
        return migration -> migration.typeRules(rules).accept(accepted);
    }

    static Stream<Case> cases() {
        TypeRules any = TypeRules.standard();
        return Stream.of(
                created("01")
                        .refuses(
                                "misfit:UserDatas.lastPlayedDate 2 [(m1, 1), (m2, 1)]",
                                "precision:UserDatas.lastPlayedDate 1 [(m3, 1)]"),
                created("01")
                        .with(rules(any.column("UserDatas", "lastPlayedDate").timesInAnyForm(), "precision:*"))
                        .gives(
                                "SELECT \"lastPlayedDate\" FROM made.\"UserDatas\" WHERE key = 'm1' → 2022-05-02 05:30:46+00",
                                "SELECT \"lastPlayedDate\" FROM made.\"UserDatas\" WHERE key = 'm3' → 2025-03-25 22:40:50.228236+00"),
                created("01")
                        .with(rules(any.column("UserDatas", "lastPlayedDate").as(PgType.TEXT)))
                        .gives(
                                "SELECT \"lastPlayedDate\" FROM made.\"UserDatas\" WHERE key = 'm1' → 1651469446",
                                "SELECT \"lastPlayedDate\" FROM made.\"UserDatas\" WHERE key = 'm3' → 2025-03-25 22:40:50.2282358Z"),
                existing("02")
                        .with(rules(UTC, "precision:*"))
                        .refuses(
                                "misfit:BaseItems.DateCreated 1 [0B9E0E4C-3C1F-4F57-9A4C-000000000001]",
                                "rollover:BaseItems.DateCreated 1 [0B9E0E4C-3C1F-4F57-9A4C-000000000003]"),
                existing("02")
                        .after("DELETE FROM BaseItems WHERE Name = 'a'")
                        .with(rules(UTC, "precision:*", "rollover:*"))
                        .gives(
                                "SELECT \"DateCreated\" FROM \"BaseItems\" WHERE \"Name\" = 'b' → 2023-01-17 03:02:14.338347+00",
                                "SELECT \"PremiereDate\" FROM \"BaseItems\" WHERE \"Name\" = 'b' → 0001-01-01 00:00:00+00"),
                existing("03").with(rules(UTC)).refuses("misfit:Table.date 2 [3, 4]"),
                existing("03")
                        .with(rules(any.column("Table", "date").timesInAnyForm(ChronoUnit.MILLIS), "zone:*"))
                        .gives(
                                "SELECT string_agg(\"date\"::text, ' ' ORDER BY key) FROM \"Table\" → 1900-01-01 00:00:00"
                                        + " 1900-01-01 00:00:00 1900-01-01 00:00:00 2025-07-31 22:13:20"),
                existing("04")
                        .refuses(
                                "misfit:project_views.filter 2 [2, 3]",
                                "misfit:project_views.bucket_configuration 1 [2]"),
                existing("04")
                        .with(rules(any.column("project_views", "filter")
                                .blankAsNull()
                                .column("project_views", "bucket_configuration")
                                .blankAsNull()))
                        .gives(
                                "SELECT bucket_configuration FROM project_views WHERE id = 1 → null",
                                "SELECT bucket_configuration IS NULL FROM project_views WHERE id = 2 → t",
                                "SELECT bucket_configuration FROM project_views WHERE id = 4 → []"),
                existing("05").gives("SELECT count(*) FROM spatial_ref_sys → 2", "SELECT count(*) FROM tasks → 2"),
                existing("05")
                        .after(
                                "CREATE TABLE spatial_ref_sys(srid INTEGER PRIMARY KEY)",
                                "INSERT INTO spatial_ref_sys VALUES (1)")
                        .refuses("table:spatial_ref_sys 0 []"),
                existing("06").refuses("orphans:expense.photo 2 [2, 3]"),
                existing("06")
                        .with(rules(any.column("expense", "photo").blankAsNull()))
                        .gives("SELECT count(*) FROM expense WHERE photo IS NULL → 3"),
                created("06")
                        .with(rules(any.column("expense", "photo").blankAsNull()))
                        .gives(
                                "SELECT count(*) FROM made.expense WHERE photo IS NULL → 3",
                                "SELECT convalidated FROM pg_constraint WHERE conname = 'fk_expense_photo_file' → t"),
                created("08").refuses("index:idx_outlook 0 []"),
                created("08")
                        .with(rules(any, "index:idx_outlook"))
                        .gives("SELECT indisunique FROM pg_index WHERE indexrelid = 'made.idx_dedup'::regclass → t"),
                existing("09")
                        .refuses("unique:users.users_email 2 [1, 2]", "unique:users.users_username 4 [1, 2, 3, 4]"),
                existing("10").refuses("table:data_table_user_AbC123xyz 0 []"),
                existing("10")
                        .with(migration ->
                                migration.into(TargetSchema.existing("public").createMissing("data_table_user_*")))
                        .gives(
                                "SELECT \"createdAt\" FROM \"data_table_user_AbC123xyz\" WHERE id = 1 → 2026-05-01 10:00:00.123"),
                created("10").gives("SELECT count(*) FROM made.\"data_table_user_AbC123xyz\" → 2"),
                existing("11").refuses("migrations:schema_migrations 0 []", "table:_litestream_seq 0 []"),
                existing("11")
                        .with(migration -> migration
                                .into(TargetSchema.existing("public")
                                        .bookkeeping("_litestream_seq", "_litestream_lock"))
                                .accept("migrations:*"))
                        .gives(
                                "SELECT high_school_led FROM hackathons WHERE id = 7 → t",
                                "SELECT starts_at FROM hackathons WHERE id = 7 → 2025-02-14 09:00:00",
                                "SELECT value FROM ar_internal_metadata → development",
                                "SELECT nextval('hackathons_id_seq') → 10"),
                existing("13").refuses("misfit:chat.meta 1 [c3]"),
                created("13")
                        .gives(
                                "SELECT data_type FROM information_schema.columns WHERE table_schema = 'made' AND column_name = 'chat'"
                                        + " → json",
                                "SELECT chat ->> 'k' FROM made.chat WHERE id = 'c3' → a\\u0000b"),
                created("14").refuses("index:ix_cfg 0 []", "index:ix_cfg_u 0 []"),
                existing("15")
                        .refuses("misfit:entry.date 1 [1605273600000001]", "misfit:entry.id_feed 1 [1605273600000002]"),
                existing("16")
                        .refuses("orphans:release.filter_id 1 [2]", "orphans:release_action_status.release_id 1 [2]"),
                created("16")
                        .refuses("orphans:release.filter_id 1 [2]", "orphans:release_action_status.release_id 1 [2]"),
                created("16")
                        .with(migration -> migration.accept("orphans:*"))
                        .gives(
                                "SELECT filter_id FROM made.release WHERE id = 2 → 99",
                                "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
                                        + " AND connamespace = 'made'::regnamespace → 2"),
                created("17")
                        .gives(
                                "SELECT count(*) FROM made.metrics WHERE is_nan → 1",
                                "SELECT count(*) FROM made.metrics WHERE value = 'Infinity' OR value = 1.7976931348623157e308 → 2",
                                "SELECT array_length(conkey, 1) FROM pg_constraint WHERE conname = 'metric_pk' → 6"),
                existing("19")
                        .gives(
                                "SELECT attidentity FROM pg_attribute WHERE attrelid = 'sliding_sync_connections'::regclass AND attname ="
                                        + " 'connection_key' → a",
                                "SELECT nextval(pg_get_serial_sequence('sliding_sync_connections', 'connection_key')) → 9",
                                "SELECT nextval(pg_get_serial_sequence('positions', 'connection_position')) → 1000"),
                existing("19")
                        .after("INSERT INTO positions(connection_position,connection_key,created_ts) VALUES (300,3,3)")
                        .refuses("generated:positions.kind 1 [300]"),
                existing("20")
                        .gives(
                                "SELECT string_agg(DISTINCT published_at::text, ' ' ORDER BY published_at::text) FROM currencies_rates"
                                        + " → 2026-09-12 2026-09-14"),
                existing("20")
                        .after("UPDATE currencies_rates SET published_at = '2026-09-14 10:00:00 +0000 UTC'"
                                + " WHERE rate = 3")
                        .refuses("misfit:currencies_rates.published_at 1 [0b9e0e4c-3c1f-4f57-9a4c-000000000003]"),
                existing("20")
                        .after("UPDATE currencies_rates SET published_at = '2026-09-14', currency_id ="
                                + " 'aaaaaaaa-3c1f-4f57-9a4c-000000000001' WHERE rate = 3")
                        .refuses("unique:currencies_rates.u_rates 2 [0b9e0e4c-3c1f-4f57-9a4c-000000000002,"
                                + " 0b9e0e4c-3c1f-4f57-9a4c-000000000003]"),
                created("21")
                        .gives(
                                "SELECT count(*) FROM pg_indexes WHERE schemaname = 'made' AND indexname LIKE 'ix_oe%' → 2",
                                "SELECT count(*) FROM pg_constraint WHERE connamespace = 'made'::regnamespace AND contype IN ('f', 'c') → 3"),
                existing("22").refuses("misfit:transactions.foreign_amount 2 [1, 2]"),
                existing("22")
                        .after("UPDATE transactions SET foreign_amount = NULL WHERE id < 3")
                        .gives(
                                "SELECT amount FROM transactions WHERE id = 1 → -12.340000000000",
                                "SELECT foreign_amount FROM transactions WHERE id = 3 → 12345678901234567000.000000000000"),
                existing("23").refuses("index:entries.entries_feed_url 1 [2]"),
                created("23").refuses("index:entries_feed_url 1 [2]"),
                created("24").refuses("limit:survey 0 []"),
                existing("25").refuses("limit:survey 1 [1]"),
                created("25").refuses("limit:survey 1 [1]"),
                existing("27", "qui")
                        .gives(
                                "SELECT added_at FROM qui.torrents WHERE id = 4 → 2023-11-14 22:13:20+00",
                                "SELECT count(*) FROM qui.files → 2",
                                "SELECT name FROM public.torrents → other app",
                                "SELECT nextval('qui.files_id_seq') → 3"),
                created("28")
                        .gives(
                                "INSERT INTO made._collections(name) VALUES ('n') RETURNING id ~ '^r[0-9a-f]{14}$' AND type = 'base' AND"
                                        + " created LIKE '%Z' → t",
                                "SELECT deleted FROM made._collections WHERE id = 'rabc' → "),
                existing("30")
                        .with(rules(UTC.column("api_check", "timeout")
                                .as(PgType.INTERVAL, Representation.UNIX_MICROSECONDS)
                                .column("api_check", "grace")
                                .as(PgType.INTERVAL, Representation.UNIX_MICROSECONDS)))
                        .refuses("precision:api_check.uptime 1 [3]"),
                existing("30")
                        .with(rules(
                                UTC.column("api_check", "timeout")
                                        .as(PgType.INTERVAL, Representation.UNIX_MICROSECONDS)
                                        .column("api_check", "grace")
                                        .as(PgType.INTERVAL, Representation.UNIX_MICROSECONDS),
                                "precision:*"))
                        .gives(
                                "SELECT uptime = '1 day 02:03:04.5' FROM api_check WHERE id = 1 → t",
                                "SELECT timeout = '-1 s' FROM api_check WHERE id = 2 → t",
                                "SELECT timeout = '25:01:01.000001' FROM api_check WHERE id = 3 → t"),
                existing("31")
                        .refuses(
                                "column:users.analytics_enabled 1 []",
                                "column:users.analytics_consent_at 1 []",
                                "notnull:jobs.owner 2 []",
                                "misfit:jobs.status 1 [j1]"));
    }

    /** Of {@code id=7} what stands behind the name; of several columns in brackets. */
    private static String values(String key) {
        String values = key.replaceAll("(^|, )[^=]+=", "$1");
        return values.contains(", ") ? "(" + values + ")" : values;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRightOrNamed(Case report, TestDatabase database) throws Exception {
        Migration migration = report.how().apply(migration(report, database));
        if (report.facts().isEmpty()) {
            assertThat(migration.plan().blockers())
                    .extracting(notice -> notice.id() + " " + notice.count() + " "
                            + notice.keys().stream().map(ReportsIT::values).toList())
                    .containsExactlyInAnyOrderElementsOf(report.blockers());
            assertThatThrownBy(migration::run)
                    .isInstanceOfSatisfying(
                            MigrationException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.PLAN_BLOCKED));
            return;
        }
        migration.run();
        try (TestSession session = database.session()) {
            session.value("SELECT set_config('TimeZone', 'UTC', false)");
            for (String fact : report.facts()) {
                List<String> parts = List.of(fact.split(" → ", -1));
                assertThat(session.value(parts.get(0))).as(fact).isEqualTo(parts.get(1));
            }
        }
    }

    private static Path folderOf(String report) throws IOException {
        try (Stream<Path> all = Files.list(SharedFolder.called("reports"))) {
            return all.filter(path -> path.getFileName().toString().startsWith(report + "-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Migration migration(Case report, TestDatabase database) throws Exception {
        Path from = folderOf(report.report());
        Path file = folder.resolve("app.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(Files.readString(from.resolve("source.sql")));
            for (String sql : report.sqlite()) {
                statement.executeUpdate(sql);
            }
        }
        Migration migration = Migration.from(file).to(database.dataSource()).backup(Backup.none());
        if (!report.existing()) {
            return migration.into(TargetSchema.created(report.schema()));
        }
        database.execute(Files.readString(from.resolve("target.sql")));
        ExistingSchema schema = TargetSchema.existing(report.schema());
        return migration.into(schema);
    }

    @ParameterizedTest
    @CsvSource({"32, type things", "33, sequence users_id_seq"})
    void refusesNamesThatAreTaken(String report, String taken, TestDatabase database) throws Exception {
        Case created = created(report);
        database.execute(Files.readString(folderOf(report).resolve("target.sql")));
        Migration migration = migration(created, database).into(TargetSchema.created("public"));
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).isEqualTo(Reason.TARGET_NOT_EMPTY);
        assertThat(thrown).hasMessageContaining(taken);
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'outgrow'"))
                .isEqualTo("0");
    }

    @Test
    void refusesTablesWhoseRowsTheRoleCannotSee(TestDatabase database) throws Exception {
        PGSimpleDataSource role = database.newRole("");
        String sql = Files.readString(folderOf("26").resolve("target.sql"))
                .replace("bugs_owner", role.getUser())
                .replace("bugs_26", database.name());
        database.execute(sql);
        Case report = existing("26");
        Path file = folder.resolve("app.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(Files.readString(folderOf("26").resolve("source.sql")));
        }
        Migration migration = Migration.from(file)
                .to(role)
                .into(TargetSchema.existing(report.schema()))
                .backup(Backup.none());
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).isEqualTo(Reason.TARGET_RIGHTS);
        assertThat(thrown).hasMessageContaining("profiles").hasMessageContaining("notes");
        assertThat(migration.validate().schemaFindings())
                .extracting(SchemaFinding::id)
                .contains("rows:profiles", "rows:notes");
    }
}
