package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.sql.ExpressionTranslator;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.Translation;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.ddl.Subexpressions;
import dev.outgrow.typemap.internal.text.NoticeKind;
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
        Translation translation = dependsOnGenerated(column)
                ? new Translation.Untranslatable("it is computed from another generated column")
                : isWidened(column)
                        ? new Translation.Untranslatable("its values are of more kinds than one")
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

    private static Translation translated(SqliteColumn column, Relation table, Relation.Column target) {
        return column.generation()
                .orElseThrow()
                .expression()
                .expression()
                .map(expression -> new ExpressionTranslator(table).generated(expression, target))
                .orElseGet(() -> new Translation.Untranslatable("its text cannot be parsed"));
    }

    /** An integer expression that overflows continues as a double in SQLite and fails in PostgreSQL. */
    private boolean isWidened(SqliteColumn column) {
        return columns.mapping(column.name()).remarks().stream()
                .anyMatch(remark -> NoticeKind.WIDENED.is(remark.kind()));
    }

    /** PostgreSQL does not let one generated column refer to another. */
    private boolean dependsOnGenerated(SqliteColumn column) {
        Set<String> read = column.generation()
                .flatMap(generation -> generation.expression().expression())
                .map(Subexpressions::columns)
                .orElse(Set.of());
        return columns.table().columns().stream()
                .filter(other -> other.generation().isPresent() && !other.name().equals(column.name()))
                .anyMatch(other -> read.contains(Identifiers.key(other.name())));
    }
}
