package dev.outgrow.internal.postgres.existing;

import com.google.common.collect.ImmutableList;
import dev.outgrow.typemap.PgType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types of columns, from {@code pg_type} and the modifiers that a column keeps ({@code atttypmod}). */
final class TypeReader {
    private static final String TYPE = """
            SELECT t.typname, t.typtype, t.typcategory, t.typelem, t.typbasetype, t.typtypmod, t.typnotnull,
                   pg_catalog.format_type(t.oid, NULL)
              FROM pg_catalog.pg_type t WHERE t.oid = ?""";

    /** The limit of {@code character(n)}; {@code bpchar} without a length has none. */
    private static final int LONGEST_CHAR = 10_485_760;

    /**
     * What a type is.
     *
     * @param baseName of the type under a domain, with its modifiers
     * @param type the type
     * @param domainChecks of a domain and those under it
     * @param notNull whether a domain refuses NULL
     */
    record Described(String baseName, PgType type, List<String> domainChecks, boolean notNull) {}

    private record Row(
            String name,
            String kind,
            String category,
            long element,
            long base,
            int baseModifier,
            boolean notNull,
            String sqlName) {}

    /** What the modifier of an interval has for the fields that it keeps if it keeps all of them. */
    private static final int ALL_FIELDS = 0x7fff;

    private final Connection connection;
    private final Map<Long, Row> rows = new HashMap<>();

    TypeReader(Connection connection) {
        this.connection = connection;
    }

    Described describe(long oid, int modifier) throws SQLException {
        Row row = row(oid);
        return switch (row.kind) {
            case "d" -> {
                Described base = describe(row.base, row.baseModifier);
                List<String> checks = new ArrayList<>(base.domainChecks);
                checks.addAll(texts(
                        "SELECT pg_catalog.pg_get_constraintdef(oid) FROM pg_catalog.pg_constraint"
                                + " WHERE contypid = ? AND contype = 'c' ORDER BY conname",
                        oid));
                yield new Described(
                        base.baseName, PgType.named(row.sqlName, base.type), checks, row.notNull || base.notNull);
            }
            case "e" ->
                new Described(
                        row.sqlName,
                        PgType.enumeration(
                                row.sqlName,
                                texts(
                                        "SELECT enumlabel FROM pg_catalog.pg_enum WHERE enumtypid = ?"
                                                + " ORDER BY enumsortorder",
                                        oid)),
                        List.of(),
                        false);
            default -> {
                String sqlName = formatted(oid, modifier);
                yield new Described(sqlName, type(row, modifier, sqlName), List.of(), false);
            }
        };
    }

    /** A value of a type that this library does not write is sent as text, or as a number if it is numeric. */
    private PgType type(Row row, int modifier, String sqlName) throws SQLException {
        if (row.category.equals("A") && row.element != 0) {
            return PgType.arrayOf(describe(row.element, modifier).type);
        }
        return switch (row.name) {
            case "varchar" -> modifier < 4 ? PgType.varchar() : PgType.varchar(modifier - 4);
            case "bpchar" ->
                modifier < 4 ? PgType.named("bpchar", PgType.character(LONGEST_CHAR)) : PgType.character(modifier - 4);
            case "numeric" -> numeric(modifier);
            case "time" -> fraction(PgType.TIME, modifier);
            case "timestamp" -> fraction(PgType.TIMESTAMP, modifier);
            case "timestamptz" -> fraction(PgType.TIMESTAMPTZ, modifier);
            case "interval" -> interval(modifier, sqlName);
            case "citext" -> PgType.named(sqlName, PgType.CITEXT);
            case "money" -> PgType.carried("money", PgType.numeric(19, 2));
            case "oid" -> PgType.carried("oid", PgType.BIGINT);
            default -> PgType.ofTypname(row.name).orElseGet(() -> PgType.carried(sqlName, PgType.TEXT));
        };
    }

    /**
     * Precision and scale share the modifier; the scale has eleven bits and a sign since version 15. The server alone tells which
     * numbers one holds whose scale is below zero or beyond its precision.
     */
    private static PgType numeric(int modifier) {
        if (modifier < 4) {
            return PgType.NUMERIC;
        }
        int precision = ((modifier - 4) >> 16) & 0xffff;
        int scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024;
        return scale < 0 || scale > precision
                ? PgType.carried("numeric(" + precision + "," + scale + ")", PgType.NUMERIC)
                : PgType.numeric(precision, scale);
    }

    private static PgType fraction(PgType type, int digits) {
        return digits < 0 || digits > 5 ? type : PgType.withFraction(type.kind(), digits);
    }

    /** The low half is the digits of a second, all ones for none; the high half says which fields are kept. */
    private static PgType interval(int modifier, String sqlName) {
        if (modifier < 0) {
            return PgType.INTERVAL;
        }
        return (modifier >> 16 & ALL_FIELDS) == ALL_FIELDS
                ? fraction(PgType.INTERVAL, modifier & 0xffff)
                : PgType.carried(sqlName, PgType.INTERVAL);
    }

    private Row row(long oid) throws SQLException {
        Row known = rows.get(oid);
        if (known != null) {
            return known;
        }
        try (PreparedStatement statement = connection.prepareStatement(TYPE)) {
            statement.setLong(1, oid);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                Row row = new Row(
                        found.getString(1),
                        found.getString(2),
                        found.getString(3),
                        found.getLong(4),
                        found.getLong(5),
                        found.getInt(6),
                        found.getBoolean(7),
                        found.getString(8));
                rows.put(oid, row);
                return row;
            }
        }
    }

    private String formatted(long oid, int modifier) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_catalog.format_type(?::oid, ?)")) {
            statement.setLong(1, oid);
            statement.setInt(2, modifier);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                return found.getString(1);
            }
        }
    }

    private List<String> texts(String sql, long oid) throws SQLException {
        ImmutableList.Builder<String> texts = ImmutableList.builder();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, oid);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    texts.add(found.getString(1));
                }
            }
        }
        return texts.build();
    }
}
