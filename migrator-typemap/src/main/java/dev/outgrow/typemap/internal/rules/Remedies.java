package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.RuleCall;
import dev.outgrow.typemap.Settlement;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.List;

/**
 * What settles misfits and remarks: lines of Java to paste after {@code Migration.from(…).to(…)}, and the same in
 * words.
 */
public final class Remedies {
    /** What is left to do if no rule that the plan could write down settles it. */
    public static final String CORRECT_OR_CONVERT =
            "Correct these values in SQLite, or convert them by a rule with a converter of your own.";

    /** The line that takes what is left: the narrowest type that holds every value of the column. */
    static final Settlement WIDEN = new Settlement(
            Settlement.Kind.WIDEN,
            "",
            ".onMisfit(MisfitPolicy.WIDEN)",
            "Take the narrowest type that holds every value.");

    private static final String END = ")";

    private Remedies() {}

    /**
     * Rules that name one type for some columns of a table.
     *
     * @param type the type as Java writes it, such as {@code PgType.TEXT}
     */
    public static String types(String table, List<String> columns, String type) {
        StringBuilder rules = new StringBuilder(".typeRules(TypeRules.standard()");
        for (String column : columns) {
            rules.append(".column(")
                    .append(JavaText.literal(table))
                    .append(", ")
                    .append(JavaText.literal(column));
            rules.append(").as(").append(type).append(')');
        }
        return rules.append(')').toString();
    }

    /** A rule for one column. */
    static Settlement rule(SourceColumn column, RuleCall rule) {
        return rule(column, rule.java(), rule.words());
    }

    /** The rule that names another type for a column. */
    static Settlement type(SourceColumn column, PgType type) {
        return rule(column, ".as(PgType." + type.kind().name() + ")", "Take the values as " + type.sql() + ".");
    }

    /** The rule that takes blobs as the text whose bytes they are. */
    static Settlement text(SourceColumn column) {
        return rule(column, ".as(PgType.TEXT)", "Read the bytes as UTF-8 text.");
    }

    /** The rule that takes text as the bytes that PostgreSQL writes this way. */
    static Settlement hex(SourceColumn column) {
        return rule(
                column,
                ".as(PgType.BYTEA, Representation.LITERAL_TEXT)",
                "Read the text as the bytes that PostgreSQL writes this way.");
    }

    /** The rule that takes text as its bytes. */
    static Settlement bytes(SourceColumn column) {
        return rule(
                column,
                ".as(PgType.BYTEA, Representation.BYTES_OF_TEXT)",
                "Take the values as bytes, text as its UTF-8.");
    }

    private static Settlement rule(SourceColumn column, String call, String words) {
        return new Settlement(Settlement.Kind.RULE, call, rule(column.table(), column.name(), call), words);
    }

    /**
     * The line of a rule for one column.
     *
     * @param call the rule's own call, such as {@code .blankAsNull()}
     */
    public static String rule(String table, String column, String call) {
        return ".typeRules(TypeRules.standard().column(" + JavaText.literal(table) + ", " + JavaText.literal(column)
                + ")" + call + END;
    }

    /** A rule for all columns of the declared type of one. */
    static Settlement declared(SourceColumn column, RuleCall rule) {
        return new Settlement(
                Settlement.Kind.RULE_OF_TYPE,
                rule.java(),
                ".typeRules(TypeRules.standard().declared(" + JavaText.literal(column.declaredType()) + ")"
                        + rule.java() + END,
                rule.words());
    }

    /** To accept what is said of a column. */
    static Settlement acceptance(SourceColumn column, NoticeKind kind) {
        return acceptance(column, kind, "Take it as it is.");
    }

    /** Likewise, with something to do beside it. */
    static Settlement acceptance(SourceColumn column, NoticeKind kind, String words) {
        return new Settlement(
                Settlement.Kind.ACCEPT,
                "",
                ".accept(" + JavaText.literal(kind.id(column.qualifiedName())) + ")",
                words);
    }

    /** What no line of Java does: a sentence. */
    static Settlement advice(String words) {
        return new Settlement(Settlement.Kind.ADVICE, "", "", words);
    }
}
