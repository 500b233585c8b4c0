package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.declared.DeclaredType;
import dev.outgrow.typemap.internal.declared.Family;
import dev.outgrow.typemap.internal.parse.NumberText;
import java.time.ZoneId;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Chooses the tests of a column: those of the type it is to have if that is known, else those of its declaration. */
final class TypeTests {
    private TypeTests() {}

    /**
     * The tests.
     *
     * @param tried the mapping that is asked for; null if the values decide
     * @param zone the zone that a rule names for times without an offset
     */
    static Tests of(
            SourceColumn column, Family family, @Nullable TypeMapping tried, @Nullable ZoneId zone, Tests.Notes notes) {
        if (tried == null) {
            return of(column, family, null, zone, -1, notes);
        }
        if (tried.converter().isPresent()) {
            // The converter's results are tested, not its input.
            return new Tests();
        }
        PgType type = tried.type();
        return switch (type.kind()) {
            case ARRAY -> new ArrayTests(notes);
            case INTERVAL -> new IntervalTests(tried, notes);
            case SMALLINT, INTEGER, BIGINT -> new NumberTests(NumberText::ofInteger, false, notes);
            case REAL, DOUBLE_PRECISION ->
                new NumberTests(NumberText::ofDouble, type.kind() == PgType.Kind.REAL, notes);
            case CHAR -> new PaddingTests(notes);
            case BYTEA -> new BytesTests(notes);
            case NUMERIC -> of(column, Family.DECIMAL, tried, zone, type.scale().orElse(-1), notes);
            case BOOLEAN,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMPTZ,
                    JSON,
                    JSONB,
                    UUID,
                    TEXT,
                    VARCHAR,
                    CITEXT,
                    INET,
                    CIDR,
                    MACADDR,
                    ENUM ->
                type.isHstore()
                        ? new JsonTests(notes)
                        : of(column, familyOf(type.kind(), family), tried, zone, -1, notes);
        };
    }

    private static Tests of(
            SourceColumn column,
            Family family,
            @Nullable TypeMapping tried,
            @Nullable ZoneId zone,
            int scale,
            Tests.Notes notes) {
        return switch (family) {
            case BOOLEAN -> new BooleanTests(notes);
            case DECIMAL -> new DecimalTests(DeclaredType.of(column.declaredType()), scale, notes);
            case DATE, TIME, TIMESTAMP -> new TimeTests(tried, zone, notes);
            case JSON -> new JsonTests(notes);
            case UUID -> new UuidTests(notes);
            case INTEGER, REAL -> new StoredNumberTests(notes);
            case TEXT, BLOB, ANY -> new Tests();
        };
    }

    private static Family familyOf(PgType.Kind kind, Family declared) {
        return switch (kind) {
            case BOOLEAN -> Family.BOOLEAN;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> Family.TIMESTAMP;
            case JSON, JSONB -> Family.JSON;
            case UUID -> Family.UUID;
            default -> declared;
        };
    }

    /** The n of VARCHAR(n) and its like. */
    static OptionalInt declaredLength(SourceColumn column) {
        return Family.of(column) == Family.TEXT
                ? DeclaredType.of(column.declaredType()).first()
                : OptionalInt.empty();
    }
}
