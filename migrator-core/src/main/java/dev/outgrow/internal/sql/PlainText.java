package dev.outgrow.internal.sql;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.Optional;

/**
 * What is the same text in both databases: the literal that is a default, the column that is indexed. The translators say
 * the same of it, but loading them takes a tenth of the time of a small database, and many have nothing else.
 */
public final class PlainText {
    private PlainText() {}

    /** A literal as the default of a column; empty if the translator must say what becomes of it. */
    static Optional<Translation.Translated> ofDefault(Expression expression, TypeMapping mapping, Affinity affinity) {
        PgType type = mapping.type();
        if (expression instanceof Expression.NullLiteral) {
            return text("NULL", type);
        }
        if (expression instanceof Expression.IntegerLiteral literal && affinity != Affinity.TEXT) {
            return number(literal.value(), type);
        }
        if (expression instanceof Expression.BooleanLiteral literal
                && type.kind() == PgType.Kind.BOOLEAN
                && affinity != Affinity.TEXT
                && affinity != Affinity.BLOB) {
            return text(literal.value() ? "true" : "false", type);
        }
        return expression instanceof Expression.StringLiteral literal && affinity == Affinity.TEXT
                ? words(literal.value(), mapping)
                : Optional.empty();
    }

    private static Optional<Translation.Translated> number(long value, PgType type) {
        boolean same = switch (type.kind()) {
            case BOOLEAN -> value == 0 || value == 1;
            case INTEGER -> value >= 0 && value <= Integer.MAX_VALUE;
            case BIGINT, DOUBLE_PRECISION -> value >= 0;
            case NUMERIC -> value >= 0 && type.precision().isEmpty();
            default -> false;
        };
        if (!same) {
            return Optional.empty();
        }
        return text(type.kind() == PgType.Kind.BOOLEAN ? String.valueOf(value == 1) : Long.toString(value), type);
    }

    private static Optional<Translation.Translated> words(String value, TypeMapping mapping) {
        boolean same = mapping.type().equals(PgType.TEXT)
                && mapping.valueMap().isEmpty()
                && !mapping.blankAsNull()
                && !mapping.zeroDateAsNull()
                && value.indexOf(0) < 0
                && Utf8Text.isCertain(value);
        return same ? text(Identifier.literal(value).strip(), PgType.TEXT) : Optional.empty();
    }

    /** A column that an index has by its own values; empty if the translator must say how it is indexed. */
    static Optional<Translation.Translated> indexed(Relation.Column column, SqliteIndex.IndexTerm term) {
        PgType type = column.mapping().type();
        Optional<Collation> collation = Collation.named(term.collation());
        boolean same = switch (type.kind()) {
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC -> true;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, BYTEA -> true;
            case TEXT -> collation.equals(Optional.of(Collation.BINARY));
            case CITEXT -> collation.equals(Optional.of(Collation.NOCASE));
            default -> false;
        };
        return same && collation.isPresent() ? text(Identifier.quote(column.targetName()), type) : Optional.empty();
    }

    private static Optional<Translation.Translated> text(String sql, PgType type) {
        return Optional.of(new Translation.Translated(sql, type));
    }
}
