package dev.outgrow.internal.proof;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;

/**
 * A column of the rows that are compared. Immutable.
 *
 * @param label its name, for keys in messages
 * @param type its type in PostgreSQL
 * @param representation how SQLite holds its values
 */
record ProvedColumn(String label, PgType type, Representation representation) {
    private static final String MICROSECONDS = "'YYYY-MM-DD HH24:MI:SS.US'";

    static ProvedColumn of(Relation.Column column) {
        return new ProvedColumn(
                column.name(), column.mapping().type(), column.mapping().representation());
    }

    /** Whether equal values may differ in their last digits because they were summed in another order. */
    boolean isFractional() {
        return switch (type.kind()) {
            case REAL, DOUBLE_PRECISION, NUMERIC -> true;
            default -> false;
        };
    }

    /** The expression in a form that reads the same under any settings of the session. */
    String transported(String sql) {
        return switch (type.kind()) {
            case BOOLEAN -> "(" + sql + ")::integer";
            case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC, BYTEA -> sql;
            case DATE, TIMESTAMP -> "to_char((" + sql + ")::timestamp, " + MICROSECONDS + ")";
            case TIMESTAMPTZ -> "to_char(timezone('UTC', " + sql + "), " + MICROSECONDS + ")";
            case TIME -> "to_char(date '2000-01-01' + (" + sql + "), " + MICROSECONDS + ")";
            case JSON, JSONB -> "CASE WHEN (" + sql + ") IS NOT NULL THEN 1 END";
            default -> "(" + sql + ")::text";
        };
    }

    /** The same for a column of that name. */
    String transportedColumn(String name) {
        return transported(Identifier.quote(name));
    }
}
