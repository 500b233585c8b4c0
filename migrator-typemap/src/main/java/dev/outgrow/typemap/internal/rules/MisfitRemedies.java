package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import java.util.ArrayList;
import java.util.List;

/** What a caller can do about a misfit, the gentlest first. */
final class MisfitRemedies {
    private static final String AS_TEXT = ".as(PgType.TEXT)";
    private static final String AS_BYTES = ".as(PgType.BYTEA, Representation.BYTES_OF_TEXT)";

    private MisfitRemedies() {}

    static List<String> of(SourceColumn column, ColumnCensus census, TypeMapping mapping, String reason) {
        List<String> words = new ArrayList<>();
        if (reason.equals(Trait.NUL.phrase())) {
            words.addAll(List.of(".stripNul()", ".escapeNul()", AS_BYTES));
        } else if (reason.equals(Trait.INVALID_UTF8.phrase())) {
            words.addAll(List.of(".latin1()", ".replaceInvalid()", AS_BYTES));
        } else if (reason.equals(Trait.NOT_ZERO_OR_ONE.phrase())) {
            words.addAll(List.of(".nonZeroAsTrue()", ".as(PgType.BIGINT)"));
        } else if (reason.equals(Trait.AMBIGUOUS_TIME.phrase()) || reason.contains(" in a column of Unix")) {
            words.addAll(List.of(".unixSeconds()", ".unixMilliseconds()", ".julianDay()", ".as(PgType.BIGINT)"));
        } else if (reason.equals(Trait.TIME.phrase())) {
            words.addAll(List.of(".as(PgType.TIME)", AS_TEXT));
        } else if (reason.equals(Trait.TOO_LARGE.phrase())) {
            words.add(".convertedBy(PgType.BYTEA, converter)");
        } else {
            if (census.count(Trait.BLANK) > 0 && !mapping.blankAsNull() && !reason.startsWith("a ")) {
                words.add(".blankAsNull()");
            }
            words.add(reason.startsWith("a blob") ? AS_BYTES : AS_TEXT);
        }
        List<String> lines = new ArrayList<>();
        words.forEach(each -> lines.add(Remedies.rule(column, each)));
        if (!reason.equals(Trait.TOO_LARGE.phrase())) {
            lines.add(Remedies.WIDEN);
        }
        return lines;
    }
}
