package dev.outgrow.internal.notice;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;

/**
 * Names the books of migration tools that are copied into tables that we make: they keep SQLite's names, case and
 * types, and list migrations that the tool wrote for SQLite.
 */
public final class BookNotices {
    private static final ExistingSchema KNOWN = TargetSchema.existing("books");

    /**
     * The books of tools that write these names without quotes and therefore look for lower case in PostgreSQL:
     * Liquibase, DbUp.
     */
    private static final ImmutableSet<String> UNQUOTED =
            ImmutableSet.of("databasechangelog", "databasechangeloglock", "schemaversions");

    /** The books of tools that are not there on PostgreSQL, and so miss nothing in what is copied. */
    private static final ImmutableSet<String> OF_SQLITE_ALONE =
            ImmutableSet.of("room_master_table", "android_metadata");

    /** Of tools that keep their book in a schema of its own. */
    private static final ImmutableMap<String, String> ELSEWHERE =
            ImmutableMap.of("__drizzle_migrations", "drizzle.__drizzle_migrations");

    private final NoticeBook notices;

    public BookNotices(NoticeBook notices) {
        this.notices = notices;
    }

    /**
     * Adds a notice if the table is a book.
     *
     * @param targetName its name in the target
     */
    public void name(SqliteTable table, String targetName) {
        if (!KNOWN.isBookkeeping(
                table.name(), table.columns().stream().map(SqliteColumn::name).toList())) {
            return;
        }
        String lower = Ascii.toLowerCase(table.name());
        if (OF_SQLITE_ALONE.contains(lower)) {
            return;
        }
        String sought = ELSEWHERE.getOrDefault(lower, UNQUOTED.contains(lower) ? lower : targetName);
        boolean lost = !sought.equals(targetName);
        String id = NoticeKind.MIGRATIONS.id(table.name());
        String is = "Table " + table.name() + " is the book of a migration tool. ";
        NoticeDraft draft = lost
                ? NoticeDraft.loss(
                                id,
                                is + "It would be copied under this name, and on PostgreSQL the tool looks for "
                                        + sought + ": it would find no book there, and run every migration again.")
                        .because("Books of migration tools would be copied under names that the tools do not look for.")
                : NoticeDraft.warning(
                                id,
                                is
                                        + "It is copied with the names, types and entries that it has in SQLite: on PostgreSQL"
                                        + " the tool takes these migrations for applied, and may miss what it writes there"
                                        + " itself.")
                        .because("Books of migration tools are copied as they are in SQLite.");
        draft.settledBy(new Remedy(
                Remedy.Kind.OPTION,
                ".except(" + JavaText.literal(table.name()) + ")",
                "Leave it out, and let the tool begin its book on PostgreSQL with what is there (its baseline,"
                        + " changelog-sync, stamp or fake).",
                null));
        notices.add(draft.acceptedTo(
                "Copy it as it is, and check before the app's first start that the tool can read it."));
    }
}
