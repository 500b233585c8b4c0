package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.ValueConverter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a converter of the app's own may give, what it gets, and what becomes of what it throws. */
@ExtendWith(TestPostgres.class)
class ConverterIT {
    @TempDir
    Path folder;

    /** Gives for each value a text, and remembers what it gets on the way back. */
    private static final class Written implements ValueConverter {
        private final Map<String, String> texts;
        private final Set<String> printed = new ConcurrentSkipListSet<>();
        private final Map<String, String> back;

        Written(Map<String, String> texts, Map<String, String> back) {
            this.texts = texts;
            this.back = back;
        }

        @Override
        public String toPostgres(Object value) {
            return String.valueOf(texts.get(value.toString()));
        }

        @Override
        public Optional<Object> toSqlite(String text) {
            printed.add(text);
            return Optional.of(String.valueOf(back.get(text)));
        }
    }

    private Migration of(
            TestDatabase database, String type, boolean existing, ValueConverter converter, String... values) {
        PgType named = PgType.ofTypname(type).orElseThrow();
        Migration migration = Migrated.column(folder, database, "TEXT", values)
                .typeRules(TypeRules.standard().column("t", "v").convertedBy(named, converter));
        if (existing) {
            database.execute("CREATE TABLE t(id bigint PRIMARY KEY, v " + type + ")");
            return migration.into(TargetSchema.existing("public"));
        }
        return migration;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whateverTheTypeReadsIsTaken(boolean existing, TestDatabase database) {
        Written converter = new Written(
                Map.of(
                        "a",
                        "90 days 0 microseconds",
                        "b",
                        "5400",
                        "c",
                        "-1 year 2 mons -3 days 04:05:06.70",
                        "d",
                        "P1DT2H"),
                Map.of("90 days", "a", "01:30:00", "b", "-10 mons -3 days +04:05:06.7", "c", "1 day 02:00:00", "d"));
        Migration migration = of(database, "interval", existing, converter, "'a'", "'b'", "'c'", "'d'");
        assertThat(migration.plan().blockers()).isEmpty();
        migration.run();
        assertThat(database.rows("SELECT v::text FROM t ORDER BY id"))
                .containsExactly(
                        List.of("90 days"),
                        List.of("01:30:00"),
                        List.of("-10 mons -3 days +04:05:06.7"),
                        List.of("1 day 02:00:00"));
        assertThat(converter.printed)
                .containsExactlyInAnyOrder("90 days", "01:30:00", "-10 mons -3 days +04:05:06.7", "1 day 02:00:00");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theWayBackGetsWhatPostgresPrints(boolean existing, TestDatabase database) {
        Written converter = new Written(
                Map.of("a", "2024-02-29T12:30:00.50+02:00", "b", "infinity"),
                Map.of("2024-02-29 10:30:00.5+00", "a", "infinity", "b"));
        Migration migration = of(database, "timestamptz", existing, converter, "'a'", "'b'", "NULL");
        assertThat(migration.plan().blockers()).isEmpty();
        migration.run();
        assertThat(converter.printed).containsExactlyInAnyOrder("2024-02-29 10:30:00.5+00", "infinity");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "float8|1e20|1e+20",
                "float8|0.00001|1e-05",
                "float8|1.50|1.5",
                "float4|0.1|0.1",
                "float4|1234567|1.234567e+06",
                "numeric|1.50|1.50",
                "bool|yes|t",
                "int8|0042|42",
                "jsonb|{\"b\":1,\"a\":[1.0, 2]}|{\"a\": [1.0, 2], \"b\": 1}",
                "bytea|\\x00FF|\\x00ff",
                "inet|10.0.0.1/32|10.0.0.1",
                "uuid|{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                "date|2024-02-29|2024-02-29",
                "time|12:30:00.500|12:30:00.5"
            })
    void everyTypePrintsAsPostgresDoes(String example, TestDatabase database) {
        String[] parts = example.split("\\|");
        Written converter = new Written(Map.of("a", parts[1]), Map.of(parts[2], "a"));
        Migration migration = of(database, parts[0], false, converter, "'a'");
        assertThat(migration.plan().blockers()).isEmpty();
        migration.run();
        assertThat(converter.printed).containsExactly(parts[2]);
        assertThat(String.valueOf(database.value("SELECT v::text FROM t"))
                        .replaceFirst("^true$", "t")
                        .replaceFirst("/32$", ""))
                .isEqualTo(parts[2]);
    }

    @Test
    void inASchemaThatExistsTheServerReadsWhatWeDoNot(TestDatabase database) {
        Written converter = new Written(
                Map.of("a", "January 8, 2024 04:05 PM", "b", "epoch"),
                Map.of("2024-01-08 16:05:00", "a", "1970-01-01 00:00:00", "b"));
        Migration migration = of(database, "timestamp", true, converter, "'a'", "'b'");
        assertThat(migration.plan().blockers()).isEmpty();
        migration.run();
        assertThat(database.rows("SELECT v::text FROM t ORDER BY id"))
                .containsExactly(List.of("2024-01-08 16:05:00"), List.of("1970-01-01 00:00:00"));
        database.execute("UPDATE t SET v = now() WHERE id = 2");
        assertThat(migration.validate().differences()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheTypeDoesNotReadIsNamedWithTheConverter(boolean existing, TestDatabase database) {
        Migration migration =
                of(database, "timestamp", existing, value -> "the day after " + value, "'2024-01-01'", "NULL");
        Notice blocker = migration.plan().blockers().get(0);
        assertThat(blocker.id()).isEqualTo("misfit:t.v");
        assertThat(blocker.count()).isEqualTo(1);
        if (!existing) {
            assertThat(blocker.message()).contains("a lambda of ConverterIT");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatItThrowsOnTheWayThereIsAMisfitThatNamesIt(boolean existing, TestDatabase database) {
        Migration migration = of(
                database,
                "int8",
                existing,
                value -> {
                    throw new AssertionError("not ours");
                },
                "'a'");
        assertThat(migration.plan().blockers()).singleElement().satisfies(blocker -> {
            assertThat(blocker.id()).isEqualTo("misfit:t.v");
            assertThat(blocker.message()).contains("a lambda of ConverterIT", "not ours");
        });
    }

    /** Throws once it is asked for another reason than the plan. */
    private static final class Moody implements ValueConverter {
        private final AtomicBoolean there;
        private final AtomicBoolean back;

        Moody(AtomicBoolean there, AtomicBoolean back) {
            this.there = there;
            this.back = back;
        }

        @Override
        public String toPostgres(Object value) {
            if (there.get()) {
                throw new IllegalStateException("no way there");
            }
            return value.toString();
        }

        @Override
        public Optional<Object> toSqlite(String text) {
            if (back.get()) {
                throw new IllegalStateException("no way back");
            }
            return Optional.of(text);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatItThrowsLaterNamesColumnAndConverter(boolean existing, TestDatabase database) {
        AtomicBoolean there = new AtomicBoolean();
        AtomicBoolean back = new AtomicBoolean();
        Migration migration = of(database, "text", existing, new Moody(there, back), "'xyz'")
                .listener(Disturbed.at(phase -> {
                    there.set(phase == Phase.DATA);
                    back.set(phase == Phase.VALIDATION);
                }));
        MigrationException load = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(load.reason()).isEqualTo(Reason.VALUE_REFUSED);
        assertThat(load).hasMessageContaining("t.v").hasMessageContaining("ConverterIT.Moody");
        migration = migration.listener(Disturbed.at(phase -> {
            there.set(false);
            back.set(phase == Phase.VALIDATION);
        }));
        MigrationException comparison = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(comparison.reason()).isEqualTo(Reason.VALUE_REFUSED);
        assertThat(comparison)
                .hasMessageContaining("t.v")
                .hasMessageContaining("ConverterIT.Moody")
                .hasMessageContaining("no way back");
    }
}
