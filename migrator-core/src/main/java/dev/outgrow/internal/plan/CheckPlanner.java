package dev.outgrow.internal.plan;

import dev.outgrow.internal.plan.TableBlueprint.CheckBlueprint;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sql.ExpressionTranslator;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.Translation;
import dev.outgrow.internal.sqlite.catalog.SqliteCheck;
import dev.outgrow.internal.sqlite.search.BrokenRows;
import dev.outgrow.plan.Notice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The CHECK constraints of one table, made once its rows are in and the translation has been held against them. */
final class CheckPlanner {
    private final PlannedColumns columns;
    private final PlanInput input;
    private final NoticeBook notices;
    private final Set<String> names = new HashSet<>();

    CheckPlanner(PlannedColumns columns, PlanInput input, NoticeBook notices) {
        this.columns = columns;
        this.input = input;
        this.notices = notices;
    }

    List<CheckBlueprint> plan() {
        List<CheckBlueprint> checks = new ArrayList<>();
        ExpressionTranslator translator = new ExpressionTranslator(Relation.of(columns.mapping()));
        List<SqliteCheck> sources = columns.table().checks();
        for (int i = 0; i < sources.size(); i++) {
            SqliteCheck check = sources.get(i);
            String table = columns.table().name();
            String id = "check:"
                    + check.constraintName().map(name -> table + "." + name).orElse(table + "." + (i + 1));
            Translation translation = check.condition()
                    .expression()
                    .map(translator::check)
                    .orElseGet(() -> new Translation.Untranslatable("its text is beyond the parser"));
            if (translation instanceof Translation.Translated translated
                    && notices.leftOut(id).isEmpty()) {
                checks.add(blueprint(check, id, translated.sql()));
            } else {
                notices.loss(
                        id,
                        "The CHECK (" + check.condition().text() + ") of table " + table + " does not arrive: "
                                + DefaultPlanner.why(translation, notices, id) + ".",
                        "Make one by hand afterwards, and .accept(\"" + id + "\").");
            }
        }
        return checks;
    }

    /** Whether every row holds the condition, so that PostgreSQL may look at them; where not, a notice says so. */
    private boolean holds(SqliteCheck check, String id) {
        Optional<BrokenRows> broken =
                input.broken(columns.table(), check.condition().text());
        if (broken.isEmpty()) {
            return true;
        }
        String violation = "violation:" + id.substring("check:".length());
        long rows = broken.get().rows();
        notices.add(new Notice(
                violation,
                Notice.Severity.BLOCKER,
                true,
                rows + (rows == 1 ? " row of table " : " rows of table ")
                        + columns.table().name() + (rows == 1 ? " breaks the CHECK (" : " break the CHECK (")
                        + check.condition().text() + ").",
                rows,
                broken.get().keys(),
                "Mend these rows in SQLite, or .accept(\"" + violation
                        + "\"): they are copied as they are, and the constraint stays NOT VALID."));
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
