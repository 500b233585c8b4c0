package dev.outgrow.internal.plan;

import dev.outgrow.internal.limits.Limits;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;

/** What PostgreSQL has no room for: tables of too many columns, rows that are too big for a page. */
public final class RoomNotices {
    private final RoomAnswers room;
    private final NoticeBook notices;

    RoomNotices(RoomAnswers room, NoticeBook notices) {
        this.room = room;
        this.notices = notices;
    }

    /** Adds notices about what does not fit in a table that we make. */
    void name(PlannedColumns columns) {
        String table = columns.table().name();
        String id = NoticeKind.LIMIT.id(table);
        int width = columns.mapping().columns().size();
        if (width > Limits.COLUMNS) {
            notices.add(NoticeDraft.blocker(
                            id,
                            "Table " + table + " has " + width + " columns; a table of PostgreSQL has at most "
                                    + Limits.COLUMNS + ".")
                    .because("Tables have more columns than PostgreSQL takes (" + Limits.COLUMNS + ").")
                    .settledBy(Remedy.Kind.FIX_SOURCE, "Split the table in SQLite.")
                    .settledBy(leftOut(table)));
        }
        room.refused(id).ifPresent(rows -> notices.add(tooBig(table, rows).settledBy(leftOut(table))));
    }

    /** The notice about rows that are too big for a page, in a table of any kind. */
    public static NoticeDraft tooBig(String table, Evidence rows) {
        return NoticeDraft.blocker(
                        NoticeKind.LIMIT.id(table),
                        Amount.of(rows.count(), "row") + " of table " + table
                                + Amount.verb(rows.count(), " is", " are")
                                + " too big for PostgreSQL: the values of so many columns take more than "
                                + Limits.ROW_BYTES + " bytes, although long ones are stored elsewhere.")
                .because("Rows are too big for PostgreSQL: the values of so many columns do not fit a page.")
                .counting(rows.count(), rows.keys())
                .settledBy(
                        Remedy.Kind.FIX_SOURCE,
                        "Empty some columns of these rows in SQLite, or split the table: PostgreSQL takes about 400 long"
                                + " values a row.");
    }

    private static Remedy leftOut(String table) {
        return new Remedy(Remedy.Kind.OPTION, ".except(" + JavaText.literal(table) + ")", "Leave the table out.", null);
    }
}
