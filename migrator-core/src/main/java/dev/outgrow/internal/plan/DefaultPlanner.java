package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.ColumnRemedies;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.sql.DefaultTranslator;
import dev.outgrow.internal.sql.Translation;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.RuleCall;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** The DEFAULT clauses of one table. */
final class DefaultPlanner {
    private final SqliteTable table;
    private final NoticeBook notices;
    private final Map<String, String> clauses = new LinkedHashMap<>();

    DefaultPlanner(SqliteTable table, NoticeBook notices) {
        this.table = table;
        this.notices = notices;
    }

    /** The clause, followed by a blank; empty if the column has no default, or none that arrives. */
    String clause(SqliteColumn column, ColumnMapping mapping) {
        // SQLite never takes the default of a rowid's alias, but the next number; an identity column can have none.
        if (column.defaultValue().isEmpty() || column.source().rowidAlias()) {
            return "";
        }
        SqlText value = column.defaultValue().get();
        String id = NoticeKind.DEFAULT.id(table.name(), column.name());
        Translation translation = DefaultTranslator.translate(
                value, mapping.mapping(), column.source().affinity());
        if (translation instanceof Translation.Translated translated
                && notices.leftOut(id).isEmpty()) {
            if (translated.sql().equals("NULL")) {
                return "";
            }
            zone(column, mapping, value);
            clauses.put(mapping.targetName(), translated.sql());
            return "DEFAULT " + translated.sql() + " ";
        }
        String why = why(translation, notices, id);
        notices.add(NoticeDraft.loss(
                        id,
                        "The default of column " + table.name() + "." + column.name() + ", " + value.text()
                                + ", does not arrive: " + why + ".")
                .because("Defaults that do not arrive: " + why + ".")
                .acceptedTo("Go without it, and set a default by hand afterwards."));
        return "";
    }

    /**
     * Asks which zone a default means, if that decides what it becomes and nobody has said so; the column's values may
     * ask the same.
     */
    private void zone(SqliteColumn column, ColumnMapping mapping, SqlText value) {
        TypeMapping asked = mapping.mapping();
        boolean said = mapping.remarks().stream().anyMatch(remark -> NoticeKind.ZONE.is(remark.kind()));
        if (asked.zone().isPresent() || said || !asked.type().kind().isTemporal()) {
            return;
        }
        Affinity affinity = column.source().affinity();
        Translation here = DefaultTranslator.translate(value, asked.withZone(ZoneOffset.UTC), affinity);
        Translation there = DefaultTranslator.translate(value, asked.withZone(ZoneOffset.ofHours(5)), affinity);
        if (here instanceof Translation.Translated one
                && there instanceof Translation.Translated other
                && !one.sql().equals(other.sql())) {
            String name = table.name() + "." + column.name();
            notices.add(NoticeDraft.loss(
                            NoticeKind.ZONE.id(name),
                            "The default of column " + name + ", " + value.text() + ", becomes "
                                    + asked.type().sql() + ": which zone does it mean? Accepted as it is, UTC.")
                    .because("Defaults mean a time of a zone that nobody named.")
                    .settledBy(ColumnRemedies.rule(table.name(), column.name(), RuleCall.NAIVE_TIMES_IN_UTC))
                    .acceptedTo("Take it for UTC."));
        }
    }

    /** Why a translation is not used. */
    static String why(Translation translation, NoticeBook notices, String id) {
        return translation instanceof Translation.Untranslatable untranslatable
                ? untranslatable.why()
                : notices.leftOut(id).orElse("it is left out");
    }

    /** The defaults that arrive, by column of the target. */
    Map<String, String> clauses() {
        return clauses;
    }
}
