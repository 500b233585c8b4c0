package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.option.Backup;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.SeededRows;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.NeedsShared;
import dev.outgrow.testing.SharedFolder;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.ValueConverter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of real applications, filled through their own interfaces, into the schema that the same release makes on PostgreSQL. */
@NeedsShared("apps")
@ExtendWith(TestPostgres.class)
class AppsIT {
    @TempDir
    Path folder;

    static Stream<Path> applications() {
        try (Stream<Path> files = Files.list(SharedFolder.called("apps"))) {
            return files.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void load(TestDatabase database, Path script) throws IOException {
        if (Files.exists(script)) {
            // What begins with a backslash is for psql alone.
            String sql = Files.readString(script).replaceAll("(?m)^\\\\.*$", "");
            database.execute("SET session_replication_role = replica;\n" + sql);
        }
    }

    /** All of them write times without an offset in UTC. */
    private static final TypeRules IN_UTC = TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC);

    /** What no database can tell. */
    private static Migration ruled(Migration migration, String app) {
        ExistingSchema schema = TargetSchema.existing("public");
        return switch (app) {
            // Roles and the first user, which the administrator has changed since.
            // The file lacks three migrations of plugins that the target has.
            case "redmine" ->
                migration.into(schema.seededRows(SeededRows.REPLACE)).accept("migrations:schema_migrations");
            // An Interval of SQLAlchemy is a date that long after 1970 began. The schema was dumped without its book.
            case "mailman3" ->
                migration
                        .into(schema)
                        .accept("migrations:alembic_version")
                        .typeRules(IN_UTC.columns("mailinglist", "autoresponse_grace_period")
                                .convertedBy(PgType.INTERVAL, new SinceEpoch())
                                .columns("mailinglist", "bounce_info_stale_after")
                                .convertedBy(PgType.INTERVAL, new SinceEpoch())
                                .columns("mailinglist", "bounce_you_are_disabled_warnings_interval")
                                .convertedBy(PgType.INTERVAL, new SinceEpoch()));
            // The schema was dumped without its book.
            case "buildbot" -> migration.into(schema).accept("migrations:*");
            default -> migration.into(schema);
        };
    }

    private static final class SinceEpoch implements ValueConverter {
        private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
        private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

        @Override
        public String toPostgres(Object value) {
            Duration since = Duration.between(EPOCH, LocalDateTime.parse((String) value, WRITTEN));
            return since.toDays() + " days " + since.minusDays(since.toDays()).toSeconds() + " seconds";
        }

        @Override
        public Optional<Object> toSqlite(String text) {
            Matcher parts = Pattern.compile("(?:(\\d+) days?)? ?(?:(\\d+):(\\d+):(\\d+))?")
                    .matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("no interval of days and seconds");
            }
            LocalDateTime time = EPOCH.plusDays(number(parts.group(1)))
                    .plusHours(number(parts.group(2)))
                    .plusMinutes(number(parts.group(3)))
                    .plusSeconds(number(parts.group(4)));
            return Optional.of(time.format(WRITTEN));
        }

        private static long number(@Nullable String digits) {
            return digits == null ? 0 : Long.parseLong(digits);
        }
    }

    @ParameterizedTest
    @MethodSource("applications")
    void arrives(Path application, TestDatabase database) throws Exception {
        load(database, application.resolve("target-schema.sql"));
        load(database, application.resolve("target-seed.sql"));
        Migration migration = ruled(
                Migration.from(Files.copy(application.resolve("data.db"), folder.resolve("data.db")))
                        .to(database.dataSource())
                        .typeRules(IN_UTC)
                        .backup(Backup.none()),
                application.getFileName().toString());
        assertThat(migration.plan().blockers())
                .extracting(Notice::id)
                .isSubsetOf(migration.plan().accepted());
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
    }
}
