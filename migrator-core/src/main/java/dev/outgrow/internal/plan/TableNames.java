package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names of tables in the target: as they are, or a proposed name if PostgreSQL cannot use the original. */
final class TableNames {
    private final TargetNames names;
    private final NameCase letters;
    private final NoticeBook notices;

    TableNames(TargetNames names, NameCase letters, NoticeBook notices) {
        this.names = names;
        this.letters = letters;
        this.notices = notices;
    }

    /** The target name of each table, by its name in SQLite. */
    Map<String, String> name(List<SqliteTable> tables) {
        Map<String, String> targets = new LinkedHashMap<>();
        List<SqliteTable> later = new ArrayList<>();
        for (SqliteTable table : tables) {
            String wanted = letters.of(table);
            if (names.take(wanted)) {
                targets.put(table.name(), wanted);
                CatalogNames.tell(table.name(), wanted, notices);
            } else {
                later.add(table);
            }
        }
        for (SqliteTable table : later) {
            String proposed = names.takeNearest(letters.of(table));
            targets.put(table.name(), proposed);
            notices.add(blocker(NoticeKind.NAME.id(table.name()), "table " + table.name(), table.name(), proposed));
        }
        return targets;
    }

    /** The blocker for a name that PostgreSQL cannot use. */
    static NoticeDraft blocker(String id, String subject, String name, String proposed) {
        String why = name.isEmpty()
                ? "PostgreSQL has no empty names"
                : TargetNames.isSystemColumn(name)
                        ? "every PostgreSQL table has a system column of that name"
                        : TargetNames.fits(name)
                                ? "another one has that name already"
                                : "PostgreSQL cuts names after 63 bytes";
        return NoticeDraft.loss(id, "The name of " + subject + " cannot stay: " + why + ". Proposed: " + proposed + ".")
                .because("Names that cannot stay: " + why + ".")
                .settledBy(Remedy.Kind.FIX_SOURCE, "Rename it in SQLite.")
                .acceptedTo("Take the proposed name.");
    }
}
