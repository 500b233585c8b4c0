package dev.outgrow.internal.run;

import com.google.common.collect.ImmutableSet;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.Adjustment;
import dev.outgrow.report.Adjustment.Kind;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.ColumnRule;
import dev.outgrow.typemap.Convention;
import dev.outgrow.typemap.Remark;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.List;

/** Collects what a migration needed beyond its defaults. */
final class Adjustments {
    /** Kinds of notices about what happens only if the caller says so. */
    private static final ImmutableSet<String> RESHAPED =
            ImmutableSet.of(NoticeKind.RESHAPED.word(), NoticeKind.FILLED.word(), NoticeKind.MADE.word());

    /** Kinds of notices that are warnings if the caller said so, and otherwise stop the run. */
    private static final ImmutableSet<String> SAID = ImmutableSet.of(
            NoticeKind.ORPHANS.word(), NoticeKind.DEFAULT.word(), NoticeKind.TABLE.word(), NoticeKind.COLUMN.word());

    private final MigrationOptions options;
    private final List<Adjustment> all = new ArrayList<>();

    private Adjustments(MigrationOptions options) {
        this.options = options;
    }

    /**
     * A table that is migrated.
     *
     * @param mapping what becomes of it
     * @param census what its values are
     * @param seeded whether its target table already had rows
     */
    record Migrated(TableMapping mapping, TableCensus census, boolean seeded) {}

    static List<Adjustment> of(MigrationOptions options, List<Migrated> tables, MigrationPlan plan) {
        Adjustments adjustments = new Adjustments(options);
        for (Migrated table : tables) {
            for (ColumnMapping column : table.mapping().columns()) {
                adjustments.column(table, column);
            }
        }
        for (Migrated table : tables) {
            if (table.seeded()) {
                adjustments.seededRows(table);
            }
        }
        adjustments.conventions(plan);
        adjustments.accepted(plan);
        adjustments.leftOut();
        adjustments.reshaped(plan);
        return List.copyOf(adjustments.all);
    }

    private void column(Migrated table, ColumnMapping column) {
        String subject = table.mapping().table() + "." + column.column().name();
        boolean decided = false;
        for (ColumnRule rule : options.typeRules().rules()) {
            boolean adds = rule.option().isPresent();
            if (rule.matches(column.column()) && (adds || !decided) && speaks(rule, table, column)) {
                decided = decided || !adds;
                add(
                        Kind.RULE,
                        subject,
                        "becomes " + column.mapping().type().sql() + " by the rule \"" + rule.description() + "\"");
            }
        }
        for (Remark remark : column.remarks()) {
            if (NoticeKind.WIDENED.is(remark.kind())) {
                add(Kind.WIDENED, subject, remark.message());
            }
        }
    }

    private static boolean speaks(ColumnRule rule, Migrated table, ColumnMapping column) {
        return rule.rule().isEmpty()
                || rule.rule()
                        .get()
                        .mappingFor(
                                column.column(),
                                table.census().column(column.column().name()))
                        .isPresent();
    }

    private void seededRows(Migrated table) {
        String policy = options.schema() instanceof ExistingSchema schema
                ? schema.seededRows(table.mapping().targetName())
                        .or(schema::seededRows)
                        .map(said -> "seededRows(" + said + ")")
                        .orElse("all of them are in the source too")
                : "";
        add(Kind.SEEDED_ROWS, table.mapping().targetName(), "rows were there before: " + policy);
    }

    private void conventions(MigrationPlan plan) {
        for (Convention convention : options.typeRules().conventions()) {
            for (Notice notice : plan.notices()) {
                if (notice.id().equals(NoticeKind.CONVENTION.id(convention.name()))) {
                    add(Kind.RULE, convention.java(), notice.message());
                }
            }
        }
    }

    private void accepted(MigrationPlan plan) {
        for (Notice notice : plan.notices()) {
            if (plan.accepted().contains(notice.id())) {
                add(Kind.ACCEPTED, notice.id(), "accepted: " + notice.message());
            }
        }
    }

    private void reshaped(MigrationPlan plan) {
        for (Notice notice : plan.notices()) {
            if (RESHAPED.contains(notice.kind())
                    || (SAID.contains(notice.kind()) && notice.severity() == Notice.Severity.WARNING)) {
                add(Kind.RESHAPED, notice.subject(), notice.message());
            }
        }
    }

    private void leftOut() {
        if (!options.only().globs().isEmpty()) {
            add(
                    Kind.LEFT_OUT,
                    "only",
                    "only these tables: " + String.join(", ", options.only().globs()));
        }
        if (!options.except().globs().isEmpty()) {
            add(
                    Kind.LEFT_OUT,
                    "except",
                    "not these tables: " + String.join(", ", options.except().globs()));
        }
    }

    private void add(Kind kind, String subject, String message) {
        all.add(new Adjustment(kind, subject, message));
    }
}
