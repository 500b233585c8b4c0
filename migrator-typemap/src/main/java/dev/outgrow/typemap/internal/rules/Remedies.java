package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.SourceColumn;
import java.util.List;
import java.util.Locale;

/** Lines of Java to paste behind {@code Migration.from(…).to(…)}. */
public final class Remedies {
    /** The line that takes what is left: the narrowest type that holds every value of the column. */
    static final String WIDEN = ".onMisfit(MisfitPolicy.WIDEN)";

    private Remedies() {}

    /**
     * Rules that name one type for some columns of a table.
     *
     * @param type the type as Java writes it, such as {@code PgType.TEXT}
     */
    public static String types(String table, List<String> columns, String type) {
        StringBuilder rules = new StringBuilder(".typeRules(TypeRules.standard()");
        for (String column : columns) {
            rules.append(".column(").append(quoted(table)).append(", ").append(quoted(column));
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
        return ".typeRules(TypeRules.standard().column(" + quoted(column.table()) + ", " + quoted(column.name()) + ")"
                + words + ")";
    }

    private static String quoted(String name) {
        StringBuilder literal = new StringBuilder("\"");
        name.codePoints().forEach(each -> {
            if (each == '"' || each == '\\') {
                literal.append('\\').appendCodePoint(each);
            } else if (each < ' ') {
                literal.append(String.format(Locale.ROOT, "\\%03o", each));
            } else {
                literal.appendCodePoint(each);
            }
        });
        return literal.append('"').toString();
    }
}
