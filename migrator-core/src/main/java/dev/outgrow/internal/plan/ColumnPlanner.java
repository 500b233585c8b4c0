package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.ColumnNotices;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of a table: the type and name of each, and the notices about it. */
final class ColumnPlanner {
    private final PlanInput input;
    private final NoticeBook notices;
    private boolean citext;

    ColumnPlanner(PlanInput input, NoticeBook notices) {
        this.input = input;
        this.notices = notices;
    }

    TableMapping map(SqliteTable table, String targetName, TableCensus census) {
        Map<String, String> names = names(table);
        List<ColumnMapping> columns = new ArrayList<>();
        for (SqliteColumn column : table.columns()) {
            if (column.hidden()) {
                continue;
            }
            ColumnMapping chosen = input.chooser().apply(column.source(), census.column(column.name()));
            ColumnNotices.name(chosen, notices);
            citext |= chosen.mapping().type().kind() == PgType.Kind.CITEXT;
            columns.add(chosen.named(names.getOrDefault(column.name(), column.name())));
        }
        return new TableMapping(table.name(), targetName, columns);
    }

    /** The extensions that the types of the columns need so far. */
    List<String> extensions() {
        return citext ? List.of("citext") : List.of();
    }

    private Map<String, String> names(SqliteTable table) {
        Set<String> taken = new HashSet<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (SqliteColumn column : table.columns()) {
            String name = input.letters().of(table, column.name());
            if (TargetNames.fits(name) && !TargetNames.isSystemColumn(name) && taken.add(name)) {
                names.put(column.name(), name);
            }
        }
        for (SqliteColumn column : table.columns()) {
            String name = column.name();
            String wanted = input.letters().of(table, name);
            if (!names.containsKey(name)) {
                String proposed =
                        TargetNames.nearest(TargetNames.isSystemColumn(wanted) ? wanted + "_" : wanted, taken);
                taken.add(proposed);
                names.put(name, proposed);
                String subject = table.name() + "." + name;
                notices.add(TableNames.blocker(NoticeKind.NAME.id(subject), "column " + subject, wanted, proposed));
            }
        }
        return names;
    }
}
