package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Longs;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The writing side makes a mistake: validation finds it in the very column, and never finds one that was not made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenEncodersIT {
    private static final long SEED = Long.getLong("migrator.test.seed", 20240229L);
    private static final long SECOND = 1_000_000L;

    private Path file;
    private TestDatabase database;
    private Connection postgres;

    @BeforeAll
    void writes(@TempDir Path folder) throws SQLException {
        file = folder.resolve("random.db");
        new RandomTable(SEED, 3000).writeInto(file);
        database = PostgresServer.shared().freshDatabase();
        database.execute(RandomTable.postgres());
        postgres = database.connect();
        postgres.setAutoCommit(false);
    }

    @AfterAll
    void closes() throws SQLException {
        postgres.close();
        database.close();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("drops microseconds", "local", number(micros -> micros - Math.floorMod(micros, SECOND))),
                mistake("is off by one hour", "instant", number(micros -> micros + 3600 * SECOND)),
                mistake("is off by one hour", "local", number(micros -> micros - 3600 * SECOND)),
                mistake("is off by one microsecond", "instant", number(micros -> micros ^ 1)),
                mistake("is off by one day", "day", bytes -> {
                    bytes[3]++;
                    return bytes;
                }),
                mistake("takes seconds for milliseconds", "seconds", number(micros -> micros / 1000)),
                mistake("swaps the sign of zero", "real", number(bits -> bits == 0 ? Long.MIN_VALUE : bits)),
                mistake(
                        "rounds to single precision",
                        "real",
                        number(bits -> Double.doubleToRawLongBits((double) (float) Double.longBitsToDouble(bits)))),
                mistake("keeps four bytes", "whole", number(number -> (int) number)),
                mistake("trims", "text", text(String::strip)),
                mistake("drops trailing blanks", "text", text(String::stripTrailing)),
                mistake("folds case", "text", text(it -> it.toUpperCase(Locale.ROOT))),
                mistake("replaces what is not Latin-1", "text", text(it -> it.replaceAll("[^\\x00-\\xff]", "?"))),
                mistake("normalises Unicode", "text", text(it -> it.replace("e\u0301", "\u00e9"))),
                mistake("drops control characters", "text", text(it -> it.replace("\u0007", ""))),
                mistake("negates", "truth", bytes -> new byte[] {(byte) (1 - bytes[0])}),
                mistake("cuts", "bytes", bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, 38))),
                mistake("flips a bit", "bytes", bytes -> {
                    if (bytes.length == 39) {
                        bytes[38] ^= 1;
                    }
                    return bytes;
                }));
    }

    private static Arguments mistake(String what, String column, UnaryOperator<byte[]> breaks) {
        return Arguments.of(what, column, breaks);
    }

    private static UnaryOperator<byte[]> number(LongUnaryOperator operator) {
        return bytes -> Longs.toByteArray(operator.applyAsLong(Longs.fromByteArray(bytes)));
    }

    private static UnaryOperator<byte[]> text(UnaryOperator<String> operator) {
        return bytes ->
                operator.apply(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "an encoder of {1} that {0}")
    @MethodSource("mistakes")
    void isFound(String what, String column, UnaryOperator<byte[]> breaks) throws Exception {
        TableFixture fixture = RandomTable.fixture();

        assertThat(copiedAndValidated(fixture, Map.of(column, breaks)).differences())
                .as("seed %s", SEED)
                .isNotEmpty()
                .allSatisfy(difference -> {
                    assertThat(difference.column()).contains(column);
                    assertThat(difference.key()).startsWith("id=");
                });
        assertThat(copiedAndValidated(fixture.key(), Map.of(column, breaks)).passed())
                .as("as a multiset, seed %s", SEED)
                .isFalse();
    }

    @Test
    void goodEncodersRaiseNoAlarm() throws Exception {
        ValidationReport keyed = copiedAndValidated(RandomTable.fixture(), Map.of());
        ValidationReport multiset = copiedAndValidated(RandomTable.fixture().key(), Map.of());

        assertThat(keyed.differences()).as("seed %s", SEED).isEmpty();
        assertThat(multiset.differences()).as("seed %s", SEED).isEmpty();
        assertThat(keyed.passed()).isTrue();
        assertThat(multiset.tables().get(0).normalised())
                .as("both ways of comparing count the same values as normalised")
                .isEqualTo(keyed.tables().get(0).normalised())
                .containsKeys("truth", "local", "instant");
    }

    @Test
    void neitherZoneNorLocaleOfTheJvmRaisesAnAlarm() throws Exception {
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            try (Connection other = database.connect()) {
                other.setAutoCommit(false);
                assertThat(copiedAndValidated(other, RandomTable.fixture(), Map.of())
                                .differences())
                        .isEmpty();
            }
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
    }

    private ValidationReport copiedAndValidated(TableFixture fixture, Map<String, UnaryOperator<byte[]>> breaks)
            throws Exception {
        return copiedAndValidated(postgres, fixture, breaks);
    }

    private ValidationReport copiedAndValidated(
            Connection target, TableFixture fixture, Map<String, UnaryOperator<byte[]>> breaks) throws Exception {
        ComparedTable table = fixture.in("public");
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            EncodedCopy.copy(file, target, table, breaks);
            ValidationReport report = new Validator(
                            DatabaseAccess.over(sqlite),
                            DatabaseAccess.over(target),
                            List.of(table),
                            ValidatorOptions.defaults())
                    .run();
            return report;
        } finally {
            target.rollback();
        }
    }
}
