package dev.outgrow.internal.plan;

import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.Remark;

/** What the choice of a column's type found, as notices. */
public final class ColumnNotices {
    private static final String NO_LINE =
            "Correct these values in SQLite, or convert them by a rule with a converter of your own.";

    private ColumnNotices() {}

    /** Names the misfits and the remarks of a column. */
    public static void name(ColumnMapping chosen, NoticeBook notices) {
        chosen.misfits().forEach(misfit -> notices.add(misfit(misfit)));
        chosen.remarks().forEach(remark -> notices.add(remark(chosen, remark)));
    }

    private static Notice misfit(Misfit misfit) {
        return new Notice(
                "misfit:" + misfit.column().qualifiedName(),
                Severity.BLOCKER,
                misfit.kind().isAcceptable(),
                misfit.count() + (misfit.count() == 1 ? " value" : " values") + " of column "
                        + misfit.column().qualifiedName() + " cannot be " + misfit.type() + ": "
                        + misfit.kind().phrase()
                        + ".",
                misfit.count(),
                misfit.keys(),
                misfit.remedies().isEmpty() ? NO_LINE : String.join(" or ", misfit.remedies()));
    }

    private static Notice remark(ColumnMapping chosen, Remark remark) {
        Severity severity = switch (remark.level()) {
            case INFO -> Severity.INFO;
            case WARNING -> Severity.WARNING;
            case LOSS -> Severity.BLOCKER;
        };
        return new Notice(
                remark.kind() + ":" + chosen.column().qualifiedName(),
                severity,
                true,
                remark.message(),
                remark.count(),
                remark.keys(),
                remark.remedy());
    }
}
