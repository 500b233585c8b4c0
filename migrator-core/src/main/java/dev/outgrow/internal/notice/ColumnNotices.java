package dev.outgrow.internal.notice;

import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.Remark;
import dev.outgrow.typemap.Settlement;
import dev.outgrow.typemap.internal.rules.Remedies;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;

/** Turns what the choice of a column's type found into notices. */
public final class ColumnNotices {
    private ColumnNotices() {}

    /** Names the misfits and the remarks of a column. */
    public static void name(ColumnMapping chosen, NoticeBook notices) {
        chosen.misfits().forEach(misfit -> notices.add(misfit(misfit)));
        chosen.remarks().forEach(remark -> notices.add(remark(chosen, remark)));
    }

    private static NoticeDraft misfit(Misfit misfit) {
        String id = NoticeKind.MISFIT.id(misfit.column().qualifiedName());
        String phrase = misfit.reason();
        NoticeDraft draft = NoticeDraft.of(
                        id,
                        Severity.BLOCKER,
                        misfit.kind().isAcceptable(),
                        Amount.of(misfit.count(), "value") + " of column "
                                + misfit.column().qualifiedName() + " cannot be " + misfit.type() + ": " + phrase
                                + ".")
                .because("Values of columns cannot be " + misfit.type() + ": " + phrase + ".")
                .counting(misfit.count(), misfit.keys());
        misfit.settlements().forEach(each -> draft.settledBy(ColumnRemedies.of(misfit.column(), each)));
        if (misfit.settlements().isEmpty()) {
            draft.settledBy(Remedy.Kind.FIX_SOURCE, Remedies.CORRECT_OR_CONVERT);
        }
        return draft;
    }

    private static NoticeDraft remark(ColumnMapping chosen, Remark remark) {
        Severity severity = switch (remark.level()) {
            case INFO -> Severity.INFO;
            case WARNING -> Severity.WARNING;
            case LOSS -> Severity.BLOCKER;
        };
        String name = chosen.column().qualifiedName();
        String id = remark.kind() + ":" + name;
        NoticeDraft draft = NoticeDraft.of(id, severity, true, sentence(remark.message()))
                .because(sentence(remark.message().replace(name, "Column …")))
                .counting(remark.count(), remark.keys());
        remark.settlement().ifPresent(settlement -> {
            draft.settledBy(ColumnRemedies.of(chosen.column(), settlement));
            if (severity == Severity.BLOCKER && settlement.kind() != Settlement.Kind.ACCEPT) {
                draft.acceptedTo("Take it as it is.");
            }
        });
        return draft;
    }

    private static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }
}
