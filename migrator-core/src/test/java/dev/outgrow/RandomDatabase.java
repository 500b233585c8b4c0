package dev.outgrow;

import dev.outgrow.RandomValues.RawText;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.typemap.ColumnSelection;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A database of SQLite out of a seed: any declared types, keys and names, any values in any column, in any encoding. Every
 * table has a column {@code row} that tells its rows apart.
 */
final class RandomDatabase {
    private static final int SQLITE_CONSTRAINT = 19;
    private static final int SQLITE_MISMATCH = 20;
    private static final List<String> DECLARATIONS = List.of(
            "INTEGER",
            "INT2",
            "TINYINT(1)",
            "BIGINT",
            "REAL",
            "DOUBLE PRECISION",
            "FLOAT",
            "BOOLEAN",
            "BOOL",
            "NUMERIC",
            "NUMERIC(20)",
            "DECIMAL(8,3)",
            "TEXT",
            "VARCHAR(4)",
            "CLOB",
            "BLOB",
            "DATE",
            "TIME",
            "DATETIME",
            "TIMESTAMP",
            "TIMESTAMPTZ",
            "JSON",
            "JSONB",
            "UUID",
            "GUID",
            "STRING",
            "ANY",
            "",
            "foo bar",
            "text[]",
            "MONEY");
    private static final List<String> STRICT_DECLARATIONS = List.of("INT", "INTEGER", "REAL", "TEXT", "BLOB", "ANY");
    private static final List<String> COLLATIONS = List.of("", "", "", " COLLATE NOCASE", " COLLATE RTRIM");
    private static final List<String> NAMES = List.of(
            "c", "SELECT", "a\"b", "a.b", " x ", "ü", "I", "%_*?", "1", "back\\slash", "it's", "日本", "-- ", "ID");
    private static final List<String> ENCODINGS = List.of("UTF-8", "UTF-8", "UTF-16le", "UTF-16be");
    private static final List<PgType> RULED_TYPES = List.of(
            PgType.TEXT,
            PgType.BYTEA,
            PgType.BIGINT,
            PgType.INTEGER,
            PgType.NUMERIC,
            PgType.numeric(12, 4),
            PgType.DOUBLE_PRECISION,
            PgType.BOOLEAN,
            PgType.DATE,
            PgType.TIME,
            PgType.TIMESTAMP,
            PgType.TIMESTAMPTZ,
            PgType.UUID,
            PgType.JSON,
            PgType.JSONB);

    private static final List<ZoneId> ZONES = List.of(ZoneId.of("Europe/Paris"), ZoneId.of("America/St_Johns"));

    /** What a rule of the caller says of a column: its type, or an option, or neither. */
    record Rule(@Nullable PgType type, String option, ZoneId zone) {
        static final Rule NONE = new Rule(null, "", ZoneId.of("UTC"));

        boolean is(String word) {
            return option.equals(word);
        }
    }

    /** A column of a table. */
    record Column(String name, String declaration, Rule rule) {}

    /** A table without its column {@code row}. */
    record Table(String name, List<Column> columns) {}

    private final Random random;
    private final RandomValues values;
    private final boolean tame;
    private final List<Table> tables = new ArrayList<>();
    private final List<String> statements = new ArrayList<>();
    private TypeRules rules = TypeRules.standard();

    private RandomDatabase(long seed) {
        // Neighbouring seeds give neighbouring first numbers.
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        values = new RandomValues(random);
        tame = seed % 2 == 0;
        statements.add("PRAGMA encoding = '" + values.pick(ENCODINGS) + "'");
        for (int table = 0; table < 4; table++) {
            add("t" + table + (random.nextInt(3) == 0 ? values.pick(NAMES) : ""));
        }
    }

    /** The database of a seed; those of even seeds mostly hold what they are declared for. */
    static RandomDatabase of(long seed) {
        return new RandomDatabase(seed);
    }

    List<Table> tables() {
        return tables;
    }

    /** The rules of the caller that go with it. */
    TypeRules rules() {
        return rules;
    }

    private void add(String name) {
        boolean strict = random.nextInt(5) == 0;
        boolean alias = random.nextInt(3) == 0;
        int keys = alias ? 0 : random.nextInt(4);
        List<Column> columns = new ArrayList<>();
        StringBuilder create = new StringBuilder("CREATE TABLE " + quoted(name) + "(\"row\" INTEGER");
        create.append(alias ? " PRIMARY KEY" : "");
        int count = Math.max(keys, 1 + random.nextInt(5));
        for (int i = 0; i < count; i++) {
            String declaration = values.pick(strict ? STRICT_DECLARATIONS : DECLARATIONS);
            String called = values.pick(NAMES) + i;
            Column column = new Column(called, declaration, rule(name, called));
            columns.add(column);
            create.append(", ").append(quoted(column.name())).append(' ').append(declaration);
            create.append(values.pick(COLLATIONS));
        }
        if (random.nextInt(3) == 0) {
            create.append(", g INTEGER AS (\"row\" ")
                    .append(values.pick(List.of("*", "/")))
                    .append(" 2) ")
                    .append(random.nextBoolean() ? "STORED" : "VIRTUAL");
        }
        if (keys > 0) {
            create.append(", PRIMARY KEY (");
            for (int i = 0; i < keys; i++) {
                create.append(i == 0 ? "" : ", ").append(quoted(columns.get(i).name()));
            }
            create.append(')');
        }
        create.append(')');
        create.append(
                keys > 0 && random.nextInt(3) == 0
                        ? " WITHOUT ROWID" + (strict ? ", STRICT" : "")
                        : strict ? " STRICT" : "");
        statements.add(create.toString());
        tables.add(new Table(name, columns));
    }

    /** A rule for one column in six. */
    private Rule rule(String table, String column) {
        switch (random.nextInt(24)) {
            case 0 -> {
                PgType type = values.pick(RULED_TYPES);
                rules = rules.column(table, column).as(type);
                return new Rule(type, "", Rule.NONE.zone());
            }
            case 1 -> {
                String option = values.pick(List.of("blank", "strip", "escape", "replace", "latin1", "true"));
                rules = option(rules.column(table, column), option);
                return new Rule(null, option, Rule.NONE.zone());
            }
            case 2 -> {
                String unit = values.pick(List.of("seconds", "millis", "micros", "julian"));
                rules = option(rules.column(table, column), unit);
                return new Rule(PgType.TIMESTAMPTZ, unit, Rule.NONE.zone());
            }
            case 3 -> {
                ZoneId zone = values.pick(ZONES);
                rules = rules.column(table, column).naiveTimesIn(zone);
                return new Rule(null, "", zone);
            }
            default -> {
                return Rule.NONE;
            }
        }
    }

    private static TypeRules option(ColumnSelection column, String option) {
        return switch (option) {
            case "blank" -> column.blankAsNull();
            case "strip" -> column.stripNul();
            case "escape" -> column.escapeNul();
            case "replace" -> column.replaceInvalid();
            case "latin1" -> column.latin1();
            case "true" -> column.nonZeroAsTrue();
            case "seconds" -> column.unixSeconds();
            case "millis" -> column.unixMilliseconds();
            case "micros" -> column.unixMicroseconds();
            case "julian" -> column.julianDay();
            default -> throw new IllegalArgumentException(option);
        };
    }

    /** Makes the file and puts the rows in; a row that SQLite refuses is left out. */
    Path write(Path file) throws SQLException {
        SqliteFiles.write(file, statements.toArray(String[]::new));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            for (Table table : tables) {
                fill(connection, table);
            }
            connection.commit();
        }
        return file;
    }

    private void fill(Connection connection, Table table) throws SQLException {
        boolean[] wild = new boolean[table.columns().size()];
        for (int i = 0; i < wild.length; i++) {
            wild[i] = !tame && random.nextBoolean();
        }
        for (int row = random.nextInt(8); row > 0; row--) {
            StringBuilder insert = new StringBuilder("INSERT OR IGNORE INTO " + quoted(table.name()) + "(\"row\"");
            StringBuilder places = new StringBuilder(") VALUES (?");
            List<@Nullable Object> each = new ArrayList<>();
            each.add(row == 1 ? Long.MAX_VALUE : row == 2 ? Long.MIN_VALUE : row * 7L - 28);
            for (int i = 0; i < wild.length; i++) {
                Column column = table.columns().get(i);
                Object value = wild[i] ? values.any() : values.declared(column.declaration());
                insert.append(", ").append(quoted(column.name()));
                places.append(value instanceof RawText ? ", CAST(? AS TEXT)" : ", ?");
                each.add(value instanceof RawText text ? text.bytes() : value);
            }
            try (PreparedStatement statement = connection.prepareStatement(
                    insert.append(places).append(')').toString())) {
                for (int i = 0; i < each.size(); i++) {
                    statement.setObject(i + 1, each.get(i));
                }
                statement.executeUpdate();
            } catch (SQLException e) {
                // A STRICT table, a rowid alias, or a key WITHOUT ROWID refuses what does not belong there.
                if (e.getErrorCode() != SQLITE_CONSTRAINT && e.getErrorCode() != SQLITE_MISMATCH) {
                    throw e;
                }
            }
        }
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
