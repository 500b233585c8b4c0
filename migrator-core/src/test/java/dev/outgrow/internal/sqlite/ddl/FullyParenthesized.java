package dev.outgrow.internal.sqlite.ddl;

import dev.outgrow.internal.sqlite.ddl.Expression.Between;
import dev.outgrow.internal.sqlite.ddl.Expression.Binary;
import dev.outgrow.internal.sqlite.ddl.Expression.BlobLiteral;
import dev.outgrow.internal.sqlite.ddl.Expression.BooleanLiteral;
import dev.outgrow.internal.sqlite.ddl.Expression.Case;
import dev.outgrow.internal.sqlite.ddl.Expression.Cast;
import dev.outgrow.internal.sqlite.ddl.Expression.Collate;
import dev.outgrow.internal.sqlite.ddl.Expression.ColumnRef;
import dev.outgrow.internal.sqlite.ddl.Expression.CurrentTime;
import dev.outgrow.internal.sqlite.ddl.Expression.Exists;
import dev.outgrow.internal.sqlite.ddl.Expression.FunctionCall;
import dev.outgrow.internal.sqlite.ddl.Expression.InList;
import dev.outgrow.internal.sqlite.ddl.Expression.InSelect;
import dev.outgrow.internal.sqlite.ddl.Expression.InTable;
import dev.outgrow.internal.sqlite.ddl.Expression.IntegerLiteral;
import dev.outgrow.internal.sqlite.ddl.Expression.Is;
import dev.outgrow.internal.sqlite.ddl.Expression.Like;
import dev.outgrow.internal.sqlite.ddl.Expression.NullLiteral;
import dev.outgrow.internal.sqlite.ddl.Expression.Parameter;
import dev.outgrow.internal.sqlite.ddl.Expression.Raise;
import dev.outgrow.internal.sqlite.ddl.Expression.RealLiteral;
import dev.outgrow.internal.sqlite.ddl.Expression.RowValue;
import dev.outgrow.internal.sqlite.ddl.Expression.StringLiteral;
import dev.outgrow.internal.sqlite.ddl.Expression.Subselect;
import dev.outgrow.internal.sqlite.ddl.Expression.Unary;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a tree as SQL again, with parentheses around every operator, so that nothing is left to precedence. */
final class FullyParenthesized {
    private FullyParenthesized() {}

    static String sql(Expression expression) {
        // No pattern switch in Java 17.
        if (expression instanceof NullLiteral) {
            return "NULL";
        } else if (expression instanceof IntegerLiteral literal) {
            return Long.toString(literal.value());
        } else if (expression instanceof RealLiteral literal) {
            return literal.text();
        } else if (expression instanceof StringLiteral literal) {
            return "'" + literal.value().replace("'", "''") + "'";
        } else if (expression instanceof BlobLiteral literal) {
            return "x'" + literal.hex() + "'";
        } else if (expression instanceof BooleanLiteral literal) {
            return literal.value() ? "TRUE" : "FALSE";
        } else if (expression instanceof CurrentTime time) {
            return "CURRENT_" + time.unit();
        } else if (expression instanceof ColumnRef column) {
            return dotted(column.schema()) + dotted(column.table()) + name(column.column());
        } else if (expression instanceof Parameter parameter) {
            return parameter.text();
        } else if (expression instanceof FunctionCall call) {
            return call(call);
        } else if (expression instanceof Cast cast) {
            return "CAST(" + sql(cast.operand()) + " AS " + cast.type() + ")";
        } else if (expression instanceof Exists exists) {
            return "EXISTS (" + sql(exists.select()) + ")";
        } else if (expression instanceof Subselect subselect) {
            return "(" + sql(subselect.select()) + ")";
        } else if (expression instanceof RowValue row) {
            return list(row.values());
        } else if (expression instanceof Raise raise) {
            return "RAISE(" + raise.action() + option(", ", raise.message(), FullyParenthesized::sql) + ")";
        }
        return "(" + operator(expression) + ")";
    }

    private static String operator(Expression expression) {
        if (expression instanceof Unary unary) {
            String operator = switch (unary.operator()) {
                case MINUS -> "- ";
                case PLUS -> "+ ";
                case BITWISE_NOT -> "~ ";
                case NOT -> "NOT ";
            };
            return operator + sql(unary.operand());
        } else if (expression instanceof Binary binary) {
            return sql(binary.left()) + " " + binary.operator().symbol() + " " + sql(binary.right());
        } else if (expression instanceof Is is) {
            return sql(is.left()) + " IS " + not(is.negated()) + sql(is.right());
        } else if (expression instanceof Between between) {
            return sql(between.operand()) + " " + not(between.negated()) + "BETWEEN " + sql(between.low()) + " AND "
                    + sql(between.high());
        } else if (expression instanceof InList in) {
            return sql(in.operand()) + " " + not(in.negated()) + "IN " + list(in.list());
        } else if (expression instanceof InSelect in) {
            return sql(in.operand()) + " " + not(in.negated()) + "IN (" + sql(in.select()) + ")";
        } else if (expression instanceof InTable in) {
            return sql(in.operand()) + " " + not(in.negated()) + "IN " + sql(in.table());
        } else if (expression instanceof Like like) {
            return sql(like.operand()) + " " + not(like.negated()) + like.operator() + " " + sql(like.pattern())
                    + option(" ESCAPE ", like.escape(), FullyParenthesized::sql);
        } else if (expression instanceof Case choice) {
            return "CASE" + option(" ", choice.base(), FullyParenthesized::sql)
                    + choice.whens().stream()
                            .map(when -> " WHEN " + sql(when.when()) + " THEN " + sql(when.then()))
                            .collect(Collectors.joining())
                    + option(" ELSE ", choice.otherwise(), FullyParenthesized::sql) + " END";
        } else if (expression instanceof Collate collate) {
            return sql(collate.operand()) + " COLLATE " + name(collate.collation());
        }
        throw new AssertionError(expression);
    }

    private static String call(FunctionCall call) {
        String arguments = call.star() ? "*" : joined(call.arguments(), FullyParenthesized::sql);
        return name(call.name()) + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + orderBy(call.orderBy())
                + ")"
                + option(" FILTER (WHERE ", call.filter(), filter -> sql(filter) + ")")
                + option(
                        " OVER ",
                        call.over(),
                        over -> over.reference() ? name(over.base().orElseThrow()) : sql(over));
    }

    private static String sql(Window window) {
        return "(" + option("", window.base(), FullyParenthesized::name)
                + (window.partitionBy().isEmpty()
                        ? ""
                        : " PARTITION BY " + joined(window.partitionBy(), FullyParenthesized::sql))
                + orderBy(window.orderBy()) + option(" ", window.frame(), FullyParenthesized::sql) + ")";
    }

    private static String sql(Window.Frame frame) {
        String bounds = frame.end()
                .map(end -> "BETWEEN " + sql(frame.start()) + " AND " + sql(end))
                .orElseGet(() -> sql(frame.start()));
        return frame.unit() + " " + bounds + " EXCLUDE " + words(frame.exclusion());
    }

    private static String sql(Window.Bound bound) {
        return option("", bound.distance(), distance -> sql(distance) + " ") + words(bound.kind());
    }

    static String sql(Select select) {
        String with = select.with().isEmpty()
                ? ""
                : (select.recursive() ? "WITH RECURSIVE " : "WITH ")
                        + joined(
                                select.with(),
                                table -> name(table.name()) + names(table.columns()) + " AS "
                                        + option("", table.materialized(), yes -> (yes ? "" : "NOT ") + "MATERIALIZED ")
                                        + "(" + sql(table.select()) + ")")
                        + " ";
        return with
                + sql(select.first())
                + select.compounds().stream()
                        .map(compound -> " " + words(compound.operator()) + " " + sql(compound.part()))
                        .collect(Collectors.joining())
                + orderBy(select.orderBy())
                + option(" LIMIT ", select.limit(), FullyParenthesized::sql)
                + option(" OFFSET ", select.offset(), FullyParenthesized::sql);
    }

    private static String sql(SelectPart part) {
        if (part instanceof SelectPart.Values values) {
            return "VALUES " + joined(values.rows(), FullyParenthesized::list);
        }
        SelectPart.Query query = (SelectPart.Query) part;
        return "SELECT " + (query.distinct() ? "DISTINCT " : "")
                + joined(query.columns(), FullyParenthesized::sql)
                + option(" FROM ", query.from(), FullyParenthesized::sql)
                + option(" WHERE ", query.where(), FullyParenthesized::sql)
                + (query.groupBy().isEmpty() ? "" : " GROUP BY " + joined(query.groupBy(), FullyParenthesized::sql))
                + option(" HAVING ", query.having(), FullyParenthesized::sql)
                + (query.windows().isEmpty()
                        ? ""
                        : " WINDOW "
                                + joined(query.windows(), named -> name(named.name()) + " AS " + sql(named.window())));
    }

    private static String sql(SelectPart.ResultColumn column) {
        if (column instanceof SelectPart.Star star) {
            return dotted(star.table()) + "*";
        }
        SelectPart.Item item = (SelectPart.Item) column;
        return sql(item.expression()) + option(" AS ", item.alias(), FullyParenthesized::name);
    }

    static String sql(FromItem item) {
        if (item instanceof FromItem.Table table) {
            return dotted(table.schema())
                    + name(table.name())
                    + option("", table.arguments(), FullyParenthesized::list)
                    + option(" AS ", table.alias(), FullyParenthesized::name);
        }
        if (item instanceof FromItem.Subquery subquery) {
            return "(" + sql(subquery.select()) + ")" + option(" AS ", subquery.alias(), FullyParenthesized::name);
        }
        FromItem.Joined joined = (FromItem.Joined) item;
        String joins = joined.joins().stream().map(FullyParenthesized::sql).collect(Collectors.joining());
        return "(" + sql(joined.first()) + joins + ")" + option(" AS ", joined.alias(), FullyParenthesized::name);
    }

    private static String sql(FromItem.Join join) {
        String kind = join.kind() == FromItem.JoinKind.COMMA ? "," : join.kind() + " JOIN";
        return " " + (join.natural() ? "NATURAL " : "") + kind + " " + sql(join.item())
                + option(" ON ", join.on(), FullyParenthesized::sql)
                + (join.using().isEmpty() ? "" : " USING " + names(join.using()));
    }

    private static String orderBy(List<OrderingTerm> terms) {
        return terms.isEmpty()
                ? ""
                : " ORDER BY "
                        + joined(
                                terms,
                                term -> sql(term.expression())
                                        + (term.descending() ? " DESC" : "")
                                        + option(" NULLS ", term.nullsFirst(), first -> first ? "FIRST" : "LAST"));
    }

    private static String list(Collection<Expression> expressions) {
        return "(" + joined(expressions, FullyParenthesized::sql) + ")";
    }

    private static String names(List<Name> names) {
        return names.isEmpty() ? "" : "(" + joined(names, FullyParenthesized::name) + ")";
    }

    static String name(Name name) {
        return switch (name.quoting()) {
            case NONE -> name.text();
            case DOUBLE -> '"' + name.text().replace("\"", "\"\"") + '"';
            case BRACKETS -> "[" + name.text() + "]";
            case BACKTICKS -> "`" + name.text().replace("`", "``") + "`";
            case SINGLE -> "'" + name.text().replace("'", "''") + "'";
        };
    }

    private static String dotted(Optional<Name> name) {
        return option("", name, some -> name(some) + ".");
    }

    private static String not(boolean negated) {
        return negated ? "NOT " : "";
    }

    private static String words(Enum<?> constant) {
        return constant.name().replace('_', ' ');
    }

    private static <T> String option(String before, Optional<T> value, Function<? super T, String> writer) {
        return value.map(some -> before + writer.apply(some)).orElse("");
    }

    private static <T> String joined(Collection<T> values, Function<? super T, String> writer) {
        return values.stream().map(writer).collect(Collectors.joining(", "));
    }
}
