package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.ColumnRemedies;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.declared.Family;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A column that declares no type and has no value, so that it became text for want of anything better, while a CHECK
 * speaks of numbers or blobs in it: the CHECK, translated for text, would refuse every value or none.
 *
 * @param column the column
 * @param type the type that the CHECK speaks of
 */
record OpenColumn(ColumnMapping column, PgType.Kind type) {

    /** The open column of a condition that would not mean the same of text, if it is about one. */
    static Optional<OpenColumn> in(Expression condition, PlannedColumns columns, TableCensus census) {
        for (ColumnMapping column : columns.mapping().columns()) {
            if (isOpen(column, census)) {
                Optional<PgType.Kind> type = typeIn(condition, column.column().name());
                if (type.isPresent()) {
                    return Optional.of(new OpenColumn(column, type.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a column became text for want of anything better. */
    private static boolean isOpen(ColumnMapping column, TableCensus census) {
        return column.mapping().type().equals(PgType.TEXT)
                && Family.of(column.column()) == Family.ANY
                && census.column(column.column().name()).values() == 0;
    }

    String why() {
        return column.column().name()
                + " declares no type and has no value, and becomes text, of which it would not mean the same";
    }

    Remedy remedy() {
        return ColumnRemedies.rule(
                column.column().table(),
                column.column().name(),
                ".as(PgType." + type.name() + ")",
                "Say which type it has.");
    }

    private static Optional<PgType.Kind> typeIn(Expression condition, String column) {
        Predicate<Expression> asksForClass = part -> part.parts()
                .anyMatch(operand -> operand instanceof Expression.FunctionCall call
                        && call.name().names("typeof")
                        && call.arguments().stream().anyMatch(argument -> is(argument, column)));
        if (any(condition, asksForClass) && !has(condition, "text")) {
            return Stream.of("integer", "real", "blob")
                    .filter(name -> has(condition, name))
                    .findFirst()
                    .map(OpenColumn::named);
        }
        Predicate<Expression> comparesWithNumber = part -> (part instanceof Expression.Binary
                        || part instanceof Expression.Between
                        || part instanceof Expression.InList)
                && part.parts().anyMatch(operand -> is(operand, column))
                && part.parts().anyMatch(OpenColumn::isNumber);
        return any(condition, comparesWithNumber) ? Optional.of(PgType.Kind.DOUBLE_PRECISION) : Optional.empty();
    }

    private static PgType.Kind named(String storageClass) {
        return switch (storageClass) {
            case "integer" -> PgType.Kind.BIGINT;
            case "real" -> PgType.Kind.DOUBLE_PRECISION;
            default -> PgType.Kind.BYTEA;
        };
    }

    private static boolean is(Expression operand, String column) {
        return operand instanceof Expression.ColumnRef reference
                && reference.column().names(column);
    }

    private static boolean isNumber(Expression operand) {
        return operand instanceof Expression.IntegerLiteral || operand instanceof Expression.RealLiteral;
    }

    private static boolean has(Expression condition, String literal) {
        return any(condition, part -> part.equals(new Expression.StringLiteral(literal)));
    }

    private static boolean any(Expression whole, Predicate<Expression> wanted) {
        return wanted.test(whole) || whole.parts().anyMatch(part -> any(part, wanted));
    }
}
