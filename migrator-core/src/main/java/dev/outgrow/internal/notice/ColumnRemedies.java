package dev.outgrow.internal.notice;

import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.RuleCall;
import dev.outgrow.typemap.Settlement;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.rules.Remedies;

/** The remedies of notices about a column. */
public final class ColumnRemedies {
    private ColumnRemedies() {}

    /** A rule for one column. */
    public static Remedy rule(String table, String column, RuleCall rule) {
        return rule(table, column, rule.java(), rule.words());
    }

    /**
     * The same with another limit.
     *
     * @param call the rule's own call
     * @param words what it says, a sentence
     */
    public static Remedy rule(String table, String column, String call, String words) {
        return new Remedy(
                Remedy.Kind.RULE,
                Remedies.rule(table, column, call),
                words,
                new Remedy.RuleForColumn(table, column, call));
    }

    /** The remedies that the type rules propose for a column. */
    static Remedy of(SourceColumn column, Settlement settlement) {
        return switch (settlement.kind()) {
            case RULE -> rule(column.table(), column.name(), settlement.call(), settlement.words());
            case RULE_OF_TYPE -> remedy(Remedy.Kind.RULE, settlement);
            case WIDEN -> remedy(Remedy.Kind.WIDEN, settlement);
            case ACCEPT -> remedy(Remedy.Kind.ACCEPT, settlement);
            case ADVICE -> remedy(Remedy.Kind.CHANGE_APP, settlement);
        };
    }

    private static Remedy remedy(Remedy.Kind kind, Settlement settlement) {
        return new Remedy(kind, settlement.line(), settlement.words(), null);
    }
}
