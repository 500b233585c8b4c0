package dev.outgrow.internal.plan;

import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint.CheckBlueprint;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sql.ExpressionTranslator;
import dev.outgrow.internal.sql.Translation;
import dev.outgrow.internal.sqlite.catalog.SqliteCheck;
import dev.outgrow.internal.sqlite.search.BrokenRows;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The CHECK constraints of one table, made once its rows are in and the translation has been proved with them. */
final class CheckPlanner {
    private final PlannedColumns columns;
    private final PlanInput input;
    private final NoticeBook notices;
    private final Set<String> names;

    /**
     * The planner of one table.
     *
     * @param names of constraints that the table has already; those that are given here are added
     */
    CheckPlanner(PlannedColumns columns, PlanInput input, NoticeBook notices, Set<String> names) {
        this.columns = columns;
        this.input = input;
        this.notices = notices;
        this.names = names;
    }

    List<CheckBlueprint> plan() {
        List<CheckBlueprint> checks = new ArrayList<>();
        ExpressionTranslator translator = new ExpressionTranslator(columns.relation());
        List<SqliteCheck> sources = columns.table().checks();
        for (int i = 0; i < sources.size(); i++) {
            SqliteCheck check = sources.get(i);
            String table = columns.table().name();
            String id = NoticeKind.CHECK.id(table, check.constraintName().orElse(String.valueOf(i + 1)));
            Translation translation = check.condition()
                    .expression()
                    .map(translator::check)
                    .orElseGet(() -> new Translation.Untranslatable("its text cannot be parsed"));
            Optional<OpenColumn> open = aboutOpenColumn(check);
            if (open.isPresent()) {
                String why = open.get().why();
                notices.add(leftOut(check, id, why)
                        .settledBy(open.get().remedy())
                        .acceptedTo("Go without it, and make one by hand afterwards."));
            } else if (translation instanceof Translation.Translated translated
                    && notices.leftOut(id).isEmpty()) {
                checks.add(blueprint(check, id, translated.sql()));
            } else {
                String why = DefaultPlanner.why(translation, notices, id);
                notices.add(leftOut(check, id, why).acceptedTo("Go without it, and make one by hand afterwards."));
            }
        }
        return checks;
    }

    private NoticeDraft leftOut(SqliteCheck check, String id, String why) {
        return NoticeDraft.loss(
                        id,
                        "The CHECK (" + check.condition().text() + ") of table "
                                + columns.table().name() + " does not arrive: " + why + ".")
                .because("CHECKs that do not arrive: " + why + ".");
    }

    private Optional<OpenColumn> aboutOpenColumn(SqliteCheck check) {
        return check.condition()
                .expression()
                .flatMap(condition -> OpenColumn.in(condition, columns, input.census(columns.table())));
    }

    /** Whether every row satisfies the condition, so that PostgreSQL may validate it; if not, a notice says so. */
    private boolean holds(SqliteCheck check, String id) {
        Optional<BrokenRows> broken =
                input.broken(columns.table(), check.condition().text());
        if (broken.isEmpty()) {
            return true;
        }
        long rows = broken.get().rows();
        notices.add(NoticeDraft.loss(
                        NoticeKind.VIOLATION.idLike(id),
                        Amount.of(rows, "row") + " of table " + columns.table().name()
                                + Amount.verb(rows, " breaks", " break") + " the CHECK ("
                                + check.condition().text() + ").")
                .because("Rows break a CHECK of their table.")
                .counting(rows, broken.get().keys())
                .settledBy(Remedy.Kind.FIX_SOURCE, "Correct these rows in SQLite.")
                .acceptedTo("Copy them as they are; the constraint stays NOT VALID."));
        return false;
    }

    private CheckBlueprint blueprint(SqliteCheck check, String id, String sql) {
        String stem = check.column()
                .map(column ->
                        columns.targetName() + "_" + columns.mapping(column).targetName())
                .orElse(columns.targetName());
        String wanted = check.constraintName()
                .orElse(Identifier.cut(stem, Identifier.MAX_BYTES - "_check".length()) + "_check");
        String name = TargetNames.nearest(wanted, names);
        names.add(name);
        check.constraintName()
                .ifPresent(given -> notices.renamed("The CHECK", columns.table().name(), given, name));
        String table = "ALTER TABLE " + Identifier.quote(columns.targetName());
        String constraint = Identifier.quote(name);
        String step = columns.targetName() + "." + name;
        boolean validated = holds(check, id);
        return new CheckBlueprint(
                id,
                name,
                check.condition(),
                sql,
                new Statement(
                        "check:" + step,
                        table + "\n    ADD CONSTRAINT " + constraint + " CHECK (" + sql + ")"
                                + (validated ? "" : " NOT VALID"),
                        Optional.of(id)),
                validated);
    }
}
