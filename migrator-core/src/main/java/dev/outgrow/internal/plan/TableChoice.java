package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tables are migrated.
 *
 * @param catalog SQLite's schema
 * @param only globs of tables; empty for all
 * @param except globs of tables
 */
public record TableChoice(Catalog catalog, Globs only, Globs except) {
    /** The tables that are migrated, in the order of the catalog. */
    public List<SqliteTable> chosen() {
        List<SqliteTable> chosen = new ArrayList<>();
        for (SqliteTable table : candidates()) {
            if (chosen(table)) {
                chosen.add(table);
            }
        }
        return chosen;
    }

    /** The tables that are migrated; notices name the ones that the caller left out. */
    public List<SqliteTable> chosen(NoticeBook notices) {
        List<String> out = new ArrayList<>();
        for (SqliteTable table : candidates()) {
            if (!chosen(table)) {
                out.add(table.name());
            }
        }
        if (!out.isEmpty()) {
            notices.inform(
                    NoticeKind.TABLES.id("left-out"),
                    "Left out, as only and except say: " + String.join(", ", out) + ".");
        }
        List<String> globs = new ArrayList<>(only.globs());
        globs.addAll(except.globs());
        for (String glob : globs) {
            if (!matchesOne(glob)) {
                notices.warn(
                        NoticeKind.TABLE.id(glob),
                        "No table matches " + glob + ".",
                        "Correct the name in only or except.");
            }
        }
        List<SqliteTable> chosen = chosen();
        for (SqliteTable table : chosen) {
            nameUncomputable(table, notices);
        }
        return chosen;
    }

    private boolean matchesOne(String glob) {
        Globs globs = new Globs(List.of(glob));
        for (SqliteTable table : candidates()) {
            if (globs.matches(table.name())) {
                return true;
            }
        }
        return false;
    }

    private static void nameUncomputable(SqliteTable table, NoticeBook notices) {
        for (SqliteColumn column : table.columns()) {
            if (column.uncomputable()) {
                String subject = table.name() + "." + column.name();
                notices.loss(
                        NoticeKind.GENERATED.id(subject),
                        "The generated column " + subject + " does not arrive: it is computed when it is read, by a"
                                + " function that SQLite does not have here.",
                        "Go without, and make a trigger or compute it in the application.");
            }
        }
    }

    private boolean chosen(SqliteTable table) {
        return (only.globs().isEmpty() || only.matches(table.name())) && !except.matches(table.name());
    }

    private List<SqliteTable> candidates() {
        List<SqliteTable> candidates = new ArrayList<>();
        for (SqliteTable table : catalog.tables()) {
            if (table.kind() == SqliteTable.Owner.ORDINARY) {
                candidates.add(table);
            }
        }
        candidates.addAll(VirtualTables.asTables(catalog));
        return candidates;
    }
}
