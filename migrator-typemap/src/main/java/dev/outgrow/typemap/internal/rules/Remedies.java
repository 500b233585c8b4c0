package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.SourceColumn;
import java.util.Locale;

/** Lines of Java to paste behind {@code Migration.from(…).to(…)}. */
final class Remedies {
    /** The line that takes what is left: the narrowest type that holds every value of the column. */
    static final String WIDEN = ".onMisfit(MisfitPolicy.WIDEN)";

    private Remedies() {}

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
