package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.sql.ExpressionTranslator;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.Translation;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.ddl.Subexpressions;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The generated columns of one table. If the expression can be translated, PostgreSQL computes and stores the column,
 * and the comparison of values proves it; otherwise it becomes a plain column with its values.
 */
final class GeneratedColumns {
    private final PlannedColumns columns;
    private final NoticeBook notices;

    GeneratedColumns(PlannedColumns columns, NoticeBook notices) {
        this.columns = columns;
        this.notices = notices;
    }

    /** The clause of a column that PostgreSQL computes; empty for any other. */
    Optional<String> clause(SqliteColumn column) {
        if (column.generation().isEmpty()) {
            return Optional.empty();
        }
        String subject = columns.table().name() + "." + column.name();
        String id = NoticeKind.GENERATED.id(subject);
        Relation table = columns.relation();
        Relation.Column target = table.columns().stream()
                .filter(candidate -> Identifiers.same(candidate.name(), column.name()))
                .findFirst()
                .orElseThrow();
        List<SqliteColumn> others = computedFrom(column);
        Translation translation = isWidened(column) || others.stream().anyMatch(this::isWidened)
                ? new Translation.Untranslatable("its values are of more kinds than one")
                : others.stream().anyMatch(other -> expression(other).isEmpty())
                        ? new Translation.Untranslatable("it is computed from another whose text cannot be parsed")
                        : translated(column, table, target);
        if (translation instanceof Translation.Translated translated
                && notices.leftOut(id).isEmpty()) {
            return Optional.of("GENERATED ALWAYS AS (" + translated.sql() + ") STORED");
        }
        String why = DefaultPlanner.why(translation, notices, id);
        notices.add(NoticeDraft.loss(
                        id,
                        "The generated column " + subject
                                + " becomes a plain column with its values, which PostgreSQL will not compute: " + why
                                + "."
                                + (column.source().notNull() ? " It may be NULL then, as in new rows it is." : ""))
                .because("Generated columns become plain columns with their values: " + why + ".")
                .acceptedTo("Take it as a plain column, and make a trigger or compute it in the application."));
        return Optional.empty();
    }

    private Translation translated(SqliteColumn column, Relation table, Relation.Column target) {
        return column.generation()
                .orElseThrow()
                .expression()
                .expression()
                .map(expression -> new ExpressionTranslator(table, others(column)).generated(expression, target))
                .orElseGet(() -> new Translation.Untranslatable("its text cannot be parsed"));
    }

    /** An integer expression that overflows continues as a double in SQLite and fails in PostgreSQL. */
    private boolean isWidened(SqliteColumn column) {
        return columns.mapping(column.name()).remarks().stream()
                .anyMatch(remark -> NoticeKind.WIDENED.is(remark.kind()));
    }

    /** PostgreSQL does not let one generated column refer to another, so their expressions are written out. */
    private Map<String, Expression> others(SqliteColumn column) {
        Map<String, Expression> others = new HashMap<>();
        for (SqliteColumn other : columns.table().columns()) {
            if (!other.name().equals(column.name())) {
                expression(other).ifPresent(expression -> others.put(Identifiers.key(other.name()), expression));
            }
        }
        return others;
    }

    /** The other generated columns from which one is computed, each of them directly or not; SQLite refuses circles. */
    private List<SqliteColumn> computedFrom(SqliteColumn column) {
        Set<String> read = expression(column).map(Subexpressions::columns).orElse(Set.of());
        List<SqliteColumn> all = new ArrayList<>();
        for (SqliteColumn other : columns.table().columns()) {
            if (other.generation().isPresent()
                    && !other.name().equals(column.name())
                    && read.contains(Identifiers.key(other.name()))) {
                all.add(other);
                all.addAll(computedFrom(other));
            }
        }
        return all;
    }

    private static Optional<Expression> expression(SqliteColumn column) {
        return column.generation().flatMap(generation -> generation.expression().expression());
    }
}
