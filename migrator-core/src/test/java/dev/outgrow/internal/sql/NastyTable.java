package dev.outgrow.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The same table in both databases: a column of each mapped type, with values that have tripped someone before. */
public final class NastyTable implements AutoCloseable {
    private static final int ROWS = 240;
    private static final long SEED = 20260101;

    private record Spec(
            String name,
            String declared,
            PgType type,
            Representation representation,
            String collation,
            String placeholder,
            List<? extends @Nullable Object> values) {}

    private static final List<Spec> COLUMNS = List.of(
            spec("i", "INTEGER", PgType.BIGINT, 0L, 1L, -1L, 2L, 7L, -7L, 255L, 3_000_000_000L, -2_147_483_648L, 63L),
            spec("j", "INTEGER", PgType.BIGINT, 0L, 1L, 2L, -3L, 5L, 10L, 1_700_000_000L),
            spec("r", "REAL", PgType.DOUBLE_PRECISION, 0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 1e15, 123.456, -7.0),
            spec("n", "DECIMAL(10,2)", PgType.numeric(10, 2), 0L, 1L, 0.25, -0.25, 7L, 10.5, 99.99, -3L),
            spec(
                    "s",
                    "TEXT",
                    PgType.TEXT,
                    "",
                    "a",
                    "A",
                    "abc",
                    "ABC",
                    "äÖ",
                    "a%b",
                    "a_b",
                    "x\ny",
                    " pad ",
                    "12",
                    "12abc"),
            spec("u", "TEXT", PgType.TEXT, "a", "B", "_", "abcdef", "Ä", "ab", "12", "-3.5e1x", "2020-02-30"),
            spec(
                    "w",
                    "TEXT",
                    PgType.TEXT,
                    "2000-02-29",
                    "2021-02-31 10:20:30",
                    "1999-12-31T23:59",
                    "",
                    "1999-13-01",
                    "no date"),
            new Spec(
                    "nc",
                    "TEXT COLLATE NOCASE",
                    PgType.TEXT,
                    Representation.NATIVE,
                    "NOCASE",
                    "?",
                    nullable("bob", "Bob", "BOB ", "ä", "Ä", "zoe")),
            new Spec(
                    "rt",
                    "TEXT COLLATE RTRIM",
                    PgType.TEXT,
                    Representation.NATIVE,
                    "RTRIM",
                    "?",
                    nullable("x", "x  ", " x", "X", "")),
            new Spec(
                    "b",
                    "BLOB",
                    PgType.BYTEA,
                    Representation.NATIVE,
                    "BINARY",
                    "?",
                    nullable(new byte[] {}, new byte[] {0}, new byte[] {1, (byte) 0xff}, new byte[] {65, 66, 67})),
            new Spec(
                    "f",
                    "BOOLEAN",
                    PgType.BOOLEAN,
                    Representation.BOOLEAN,
                    "BINARY",
                    "(?::int)::boolean",
                    nullable(0L, 1L)),
            new Spec(
                    "d",
                    "DATE",
                    PgType.DATE,
                    Representation.ISO_TEXT,
                    "BINARY",
                    "?::date",
                    nullable("1970-01-01", "2000-02-29", "2026-12-31", "1999-07-04")),
            new Spec(
                    "ts",
                    "DATETIME",
                    PgType.TIMESTAMP,
                    Representation.ISO_TEXT,
                    "BINARY",
                    "?::timestamp",
                    nullable(
                            "1970-01-01 00:00:07",
                            "2000-02-29 00:00:00",
                            "2000-02-29 23:59:59",
                            "1997-06-01 12:30:00",
                            "2026-12-31 00:00:01")),
            new Spec(
                    "ux",
                    "TIMESTAMP",
                    PgType.TIMESTAMPTZ,
                    Representation.UNIX_SECONDS,
                    "BINARY",
                    "to_timestamp(?)",
                    nullable(0L, 1_600_000_000L, 951_868_799L)),
            new Spec(
                    "uu",
                    "UUID",
                    PgType.UUID,
                    Representation.UUID_TEXT,
                    "BINARY",
                    "?::uuid",
                    nullable("00000000-0000-0000-0000-000000000000", "6f9619ff-8b86-d011-b42d-00cf4fc964ff")),
            new Spec("js", "JSON", PgType.JSONB, Representation.JSON_TEXT, "BINARY", "?::jsonb", documents()),
            new Spec("jt", "TEXT", PgType.TEXT, Representation.NATIVE, "BINARY", "?", documents()));

    private final Connection sqlite;
    private final Connection postgres;
    private final Relation relation;

    private NastyTable(Connection sqlite, Connection postgres, Relation relation) {
        this.sqlite = sqlite;
        this.postgres = postgres;
        this.relation = relation;
    }

    private static Spec spec(String name, String declared, PgType type, Object... values) {
        return new Spec(name, declared, type, Representation.NATIVE, "BINARY", "?", nullable(values));
    }

    private static List<@Nullable Object> documents() {
        return nullable(
                "{\"a\": \"x\", \"n\": 5, \"o\": {\"k\": [1, \"two\", null]}}",
                "{\"a\": \"5\", \"n\": \"5\", \"o\": {\"k\": [true, 2.5]}}",
                "{\"a\": null, \"n\": 5.0, \"o\": []}",
                "{\"a\": true, \"n\": false, \"o\": \"k\"}",
                "{\"a\": {\"b\": 1}, \"n\": -7.25, \"o\": {\"k\": {}}}",
                "{\"a\": \"true\", \"n\": 1, \"o\": {\"k\": []}}",
                "{\"n\": 0, \"a\": \"ä b\", \"o\": 12}",
                "[1, {\"a\": \"x\"}]",
                "{}");
    }

    private static List<@Nullable Object> nullable(Object... values) {
        List<@Nullable Object> all = new ArrayList<>(List.of(values));
        all.add(null);
        return all;
    }

    /** The table, whether or not it is in a database. */
    static Relation relationOfColumns() {
        List<Relation.Column> columns = new ArrayList<>();
        columns.add(column("id", "INTEGER", PgType.BIGINT, Representation.NATIVE, "BINARY", true));
        for (Spec spec : COLUMNS) {
            columns.add(column(spec.name, spec.declared, spec.type, spec.representation, spec.collation, false));
        }
        return new Relation("t", "t", columns, columns.subList(0, 1), true);
    }

    /** The translation of any expression over the columns of a table, in the type that results. */
    static Translation value(Relation table, String expression) throws DdlSyntaxException {
        Expression parsed = DdlParser.expression(expression);
        ExpressionWalker walker = new ExpressionTranslator(table).walker(false);
        return Translation.of(() -> Unions.settled(walker.term(parsed)));
    }

    public static NastyTable in(TestDatabase database) throws SQLException {
        Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
        Connection postgres = database.connect();
        StringBuilder source = new StringBuilder("CREATE TABLE t (id INTEGER PRIMARY KEY");
        StringBuilder target = new StringBuilder("CREATE TABLE t (id bigint PRIMARY KEY");
        StringBuilder into = new StringBuilder("INSERT INTO t VALUES (?");
        StringBuilder intoTarget = new StringBuilder(into);
        for (Spec spec : COLUMNS) {
            source.append(", ").append(spec.name).append(' ').append(spec.declared);
            target.append(", ").append(spec.name).append(' ').append(spec.type.sql());
            into.append(", ?");
            intoTarget.append(", ").append(spec.placeholder);
        }
        try (Statement one = sqlite.createStatement();
                Statement other = postgres.createStatement()) {
            one.execute(source.append(')').toString());
            other.execute(target.append(')').toString());
        }
        try (PreparedStatement one = sqlite.prepareStatement(into.append(')').toString());
                PreparedStatement other =
                        postgres.prepareStatement(intoTarget.append(')').toString())) {
            Random random = new Random(SEED);
            for (int id = 1; id <= ROWS; id++) {
                one.setLong(1, id);
                other.setLong(1, id);
                for (int i = 0; i < COLUMNS.size(); i++) {
                    List<? extends @Nullable Object> values = COLUMNS.get(i).values;
                    Object value = values.get(random.nextInt(values.size()));
                    one.setObject(i + 2, value);
                    if (value == null) {
                        other.setNull(i + 2, Types.NULL);
                    } else {
                        other.setObject(i + 2, value);
                    }
                }
                one.addBatch();
                other.addBatch();
            }
            one.executeBatch();
            other.executeBatch();
        }
        return new NastyTable(sqlite, postgres, relationOfColumns());
    }

    private static Relation.Column column(
            String name, String declared, PgType type, Representation representation, String collation, boolean rowid) {
        String plain = declared.replaceFirst(" COLLATE.*", "");
        return new Relation.Column(
                name, name, new TypeMapping(type, representation), Affinity.of(plain), collation, rowid);
    }

    public Relation relation() {
        return relation;
    }

    public Connection sqlite() {
        return sqlite;
    }

    public Connection postgres() {
        return postgres;
    }

    /** Holds the values of an expression against those of its translation, for every row. */
    void agree(String expression, Translation translation) throws SQLException {
        assertThat(translation).as(expression).isInstanceOf(Translation.Translated.class);
        String sql = ((Translation.Translated) translation).sql();
        assertThat(values(postgres, "SELECT " + sql + " FROM t ORDER BY id"))
                .as(expression + "  ->  " + sql)
                .isEqualTo(values(sqlite, "SELECT " + expression + " FROM t ORDER BY id"));
    }

    /** The value of an expression for every row, by id, in SQLite's terms. */
    public static List<@Nullable Object> values(Connection connection, String query) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(inSqliteTerms(rows.getObject(1)));
            }
        }
        return values;
    }

    private static @Nullable Object inSqliteTerms(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1.0 : 0.0;
        }
        if (value instanceof Number number) {
            return number.doubleValue() == 0 ? 0.0 : number.doubleValue();
        }
        if (value instanceof UUID uuid) {
            return uuid.toString();
        }
        if (value instanceof byte[] bytes) {
            List<Byte> list = new ArrayList<>();
            for (byte each : bytes) {
                list.add(each);
            }
            return list;
        }
        return value;
    }

    /** Whether two values are the same, sums and products of doubles in their first twelve digits. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Double left && other instanceof Double right) {
            return left.equals(right) || Math.abs(left - right) <= 1e-12 * Math.max(Math.abs(left), Math.abs(right));
        }
        return Objects.equals(one, other);
    }

    @Override
    public void close() throws SQLException {
        sqlite.close();
        postgres.close();
    }
}
