package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.text.JavaText;
import java.util.List;
import java.util.Optional;

/** Lines of Java to paste behind {@code Migration.from(…).to(…)}. */
public final class Remedies {
    /** The line that takes what is left: the narrowest type that holds every value of the column. */
    public static final String WIDEN = ".onMisfit(MisfitPolicy.WIDEN)";

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

    /**
     * A rule for one column.
     *
     * @param words the rule's own call, such as {@code .blankAsNull()}
     */
    static String rule(SourceColumn column, String words) {
        return rule(column.table(), column.name(), words);
    }

    /** Likewise. */
    public static String rule(String table, String column, String call) {
        return start(table, column) + call + END;
    }

    /** The rule's own call, if the line is a rule for that one column. */
    public static Optional<String> call(SourceColumn column, String line) {
        String start = start(column.table(), column.name());
        return line.startsWith(start) && line.endsWith(END)
                ? Optional.of(line.substring(start.length(), line.length() - END.length()))
                : Optional.empty();
    }

    private static String start(String table, String column) {
        return ".typeRules(TypeRules.standard().column(" + JavaText.literal(table) + ", " + JavaText.literal(column)
                + ")";
    }

    /**
     * A rule for all columns of the declared type of one.
     *
     * @param words the rule's own call
     */
    static String declared(SourceColumn column, String words) {
        return ".typeRules(TypeRules.standard().declared(" + JavaText.literal(column.declaredType()) + ")" + words
                + END;
    }
}
