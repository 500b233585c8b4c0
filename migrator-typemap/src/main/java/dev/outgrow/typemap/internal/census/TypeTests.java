package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.declared.DeclaredType;
import dev.outgrow.typemap.internal.declared.Family;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Chooses the tests of a column: those of the type it is to have where that is known, else those of its declaration. */
final class TypeTests {
    private TypeTests() {}

    static Tests of(SourceColumn column, Family family, @Nullable TypeMapping tried, Tests.Notes notes) {
        if (tried != null && tried.type().kind() == PgType.Kind.ARRAY) {
            return new ArrayTests(notes);
        }
        Family asked = tried == null ? family : familyOf(tried.type().kind(), family);
        return switch (asked) {
            case BOOLEAN -> new BooleanTests(notes);
            case DECIMAL -> new DecimalTests(DeclaredType.of(column.declaredType()), notes);
            case DATE, TIME, TIMESTAMP ->
                new TimeTests(tried == null ? 6 : tried.type().fractionDigits().orElse(6), notes);
            case JSON -> new JsonTests(notes);
            case UUID -> new UuidTests(notes);
            case INTEGER, REAL, TEXT, BLOB, ANY -> new Tests();
        };
    }

    private static Family familyOf(PgType.Kind kind, Family declared) {
        return switch (kind) {
            case BOOLEAN -> Family.BOOLEAN;
            case NUMERIC -> Family.DECIMAL;
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
