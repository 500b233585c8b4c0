package dev.outgrow.internal.plan;

import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.rules.Remedies;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.Locale;

/** The lines of Java that settle what is said about a column, as remedies. */
final class ColumnRemedies {
    private ColumnRemedies() {}

    /** A rule for one column. */
    static Remedy rule(String table, String column, String call) {
        return new Remedy(
                Remedy.Kind.RULE,
                Remedies.rule(table, column, call),
                "Say by a rule what the values are.",
                new Remedy.RuleForColumn(table, column, call));
    }

    /**
     * A line that {@link Remedies} made for a column, or an advice.
     *
     * @param kind the kind of the notice that it settles
     */
    static Remedy of(NoticeKind kind, SourceColumn column, String line) {
        return of(kind.id(column.qualifiedName()), column, line);
    }

    /** Likewise, for a notice of that id. */
    static Remedy of(String id, SourceColumn column, String line) {
        if (line.equals(Remedies.WIDEN)) {
            return new Remedy(Remedy.Kind.WIDEN, line, "Take the narrowest type that holds every value.", null);
        }
        Remedy acceptance = NoticeDraft.acceptance(id, "Take it as it is.");
        return Remedies.call(column, line)
                .map(call -> rule(column.table(), column.name(), call))
                .orElseGet(() -> line.equals(acceptance.java())
                        ? acceptance
                        : line.startsWith(".")
                                ? new Remedy(Remedy.Kind.OPTION, line, "", null)
                                : Remedy.inWords(Remedy.Kind.CHANGE_APP, sentence(line)));
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + (words.endsWith(".") ? "" : ".");
    }
}
