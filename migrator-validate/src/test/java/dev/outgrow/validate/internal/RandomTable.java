package dev.outgrow.validate.internal;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table of values from a seeded generator: the ordinary, the extreme, and several ways to write the same. */
final class RandomTable {
    /** A column and what may stand in it. */
    private record Column(String name, String declared, TypeMapping mapping, Function<Random, Object> values) {}

    private static final long MICROS_OF_A_CENTURY = 3_155_760_000_000_000L;

    private static final List<Column> COLUMNS = List.of(
            column("whole", "INTEGER", PgType.BIGINT, Representation.NATIVE, RandomTable::whole),
            column("real", "REAL", PgType.DOUBLE_PRECISION, Representation.NATIVE, RandomTable::real),
            column("text", "TEXT", PgType.TEXT, Representation.NATIVE, RandomTable::text),
            column("bytes", "BLOB", PgType.BYTEA, Representation.NATIVE, random -> bytes(random, 40)),
            column("truth", "BOOLEAN", PgType.BOOLEAN, Representation.BOOLEAN, RandomTable::truth),
            column("local", "DATETIME", PgType.TIMESTAMP, Representation.ISO_TEXT, random -> time(random, "")),
            column(
                    "instant",
                    "DATETIME",
                    PgType.TIMESTAMPTZ,
                    Representation.ISO_TEXT,
                    random -> time(random, pick(random, "", "Z", "+02:00", "-11:30"))),
            column(
                    "day",
                    "DATE",
                    PgType.DATE,
                    Representation.ISO_TEXT,
                    random -> time(random, "").substring(0, 10)),
            column(
                    "seconds",
                    "DATETIME",
                    PgType.TIMESTAMPTZ,
                    Representation.UNIX_SECONDS,
                    random -> 100_000_000L + random.nextInt(2_000_000_000)));

    private final long seed;
    private final int rows;

    RandomTable(long seed, int rows) {
        this.seed = seed;
        this.rows = rows;
    }

    private static Column column(
            String name, String declared, PgType type, Representation representation, Function<Random, Object> values) {
        return new Column(name, declared, new TypeMapping(type, representation), values);
    }

    static TableFixture fixture() {
        TableFixture fixture = TableFixture.table("random").rowid("id");
        COLUMNS.forEach(column -> fixture.column(column.name(), column.declared(), column.mapping()));
        return fixture;
    }

    static String postgres() {
        return COLUMNS.stream()
                .map(column -> column.name() + " " + column.mapping().type().sql())
                .collect(Collectors.joining(", ", "CREATE TABLE random(id bigint PRIMARY KEY, ", ")"));
    }

    void writeInto(Path file) throws SQLException {
        Random random = new Random(seed);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(COLUMNS.stream()
                    .map(column -> column.name() + " " + column.declared())
                    .collect(Collectors.joining(", ", "CREATE TABLE random(id INTEGER PRIMARY KEY, ", ")")));
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO random VALUES (?" + ", ?".repeat(COLUMNS.size()) + ")")) {
                for (int row = 0; row < rows; row++) {
                    insert.setLong(1, row * 3L - 100);
                    for (int i = 0; i < COLUMNS.size(); i++) {
                        Object value = random.nextInt(12) == 0
                                ? null
                                : COLUMNS.get(i).values().apply(random);
                        set(insert, i + 2, value);
                    }
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    private static void set(PreparedStatement insert, int index, @Nullable Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            insert.setBytes(index, bytes);
        } else {
            insert.setObject(index, value);
        }
    }

    private static Object whole(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> pick(random, 0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 2_147_483_648L);
            case 1 -> random.nextLong();
            default -> (long) random.nextInt(1000);
        };
    }

    private static Object real(Random random) {
        return switch (random.nextInt(4)) {
            case 0 ->
                pick(random, 0.0, -0.0, 1e308, Double.MIN_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            case 1 -> random.nextGaussian();
            default -> random.nextInt(1_000_000) / 1000.0;
        };
    }

    private static Object text(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> pick(random, "", " ", "\\N", "\\.", "\t\r\n", "NULL", "a ", "A", "\u0007", "ß", "e\u0301");
            case 1 -> new String(Character.toChars(0x1f600 + random.nextInt(64)));
            default -> "row " + random.nextInt(1000) + pick(random, "", " ", "é", "Ω");
        };
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return random.nextBoolean() ? bytes : "plain".getBytes(StandardCharsets.US_ASCII);
    }

    private static Object truth(Random random) {
        return pick(random, 0, 1, 0, 1, "true", "F", "Yes", "off");
    }

    private static String time(Random random, String offset) {
        long micros = (long) (random.nextDouble() * MICROS_OF_A_CENTURY) - 1_000_000_000_000_000L;
        String fraction = switch (random.nextInt(4)) {
            case 0 -> "." + String.format(Locale.ROOT, "%06d", Math.floorMod(micros, 1_000_000));
            case 1 -> "." + String.format(Locale.ROOT, "%03d", Math.floorMod(micros, 1000));
            default -> "";
        };
        String whole = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000), 0, ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT));
        return (random.nextBoolean() ? whole : whole.replace(' ', 'T')) + fraction + offset;
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
