package dev.outgrow.internal.plan;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.UnaryOperator;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeMapping;
import java.math.BigDecimal;
import java.util.Optional;

/** A literal default in the terms of the column's type; anything that is more than a literal has none. */
final class LiteralDefault {
    private final TypeMapping mapping;
    private final Affinity affinity;

    LiteralDefault(TypeMapping mapping, Affinity affinity) {
        this.mapping = mapping;
        this.affinity = affinity;
    }

    Optional<String> sql(SqlText value) {
        return value.expression().flatMap(this::sql);
    }

    private Optional<String> sql(Expression expression) {
        if (expression instanceof Expression.NullLiteral) {
            return Optional.of("NULL");
        }
        if (expression instanceof Expression.IntegerLiteral integer) {
            return number(Long.toString(integer.value()));
        }
        if (expression instanceof Expression.RealLiteral real && Double.isFinite(real.value())) {
            return number(BigDecimal.valueOf(real.value()).toPlainString());
        }
        if (expression instanceof Expression.BooleanLiteral bool) {
            return number(bool.value() ? "1" : "0");
        }
        if (expression instanceof Expression.Unary unary && unary.operator() == UnaryOperator.MINUS) {
            return sql(unary.operand()).filter(text -> text.matches("[0-9.]+")).map(text -> "-" + text);
        }
        if (expression instanceof Expression.StringLiteral text) {
            return text(text.value());
        }
        if (expression instanceof Expression.BlobLiteral blob && mapping.type().kind() == PgType.Kind.BYTEA) {
            return Optional.of("'\\x" + blob.hex() + "'");
        }
        return Optional.empty();
    }

    private Optional<String> number(String number) {
        return switch (mapping.type().kind()) {
            case BIGINT, INTEGER, SMALLINT -> number.contains(".") ? Optional.empty() : Optional.of(number);
            case DOUBLE_PRECISION, REAL, NUMERIC -> Optional.of(number);
            case BOOLEAN ->
                switch (number) {
                    case "0" -> Optional.of("false");
                    case "1" -> Optional.of("true");
                    default -> Optional.empty();
                };
            case TEXT, VARCHAR, CHAR, CITEXT ->
                affinity == Affinity.TEXT && !number.contains(".")
                        ? Optional.of(Identifier.literal(number))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Optional<String> text(String text) {
        return switch (mapping.type().kind()) {
            case TEXT, VARCHAR, CHAR, CITEXT ->
                text.indexOf('\0') < 0 ? Optional.of(Identifier.literal(text)) : Optional.empty();
            case BIGINT -> text.matches("-?[0-9]{1,18}") ? Optional.of(Long.toString(Long.parseLong(text))) : Optional.empty();
            case NUMERIC, DOUBLE_PRECISION ->
                text.matches("-?[0-9]{1,15}(\\.[0-9]{1,15})?") ? Optional.of(text) : Optional.empty();
            case BOOLEAN ->
                switch (text) {
                    case "0" -> Optional.of("false");
                    case "1" -> Optional.of("true");
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }
}
