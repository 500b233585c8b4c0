package dev.outgrow.internal.wayback;

import dev.outgrow.internal.sqlite.page.PageFormatException;
import dev.outgrow.internal.sqlite.page.RowDifferences;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Whether the rows of a table that nobody was to write are in the new file as they are in the backup, byte for byte. */
final class UntouchedRows {
    private final Rowids written;
    private final Rowids deleted;
    private final Consumer<String> wrong;
    private long stillThere;

    private UntouchedRows(Rowids written, Rowids deleted, Consumer<String> wrong) {
        this.written = written;
        this.deleted = deleted;
        this.wrong = wrong;
    }

    /**
     * Looks at all rows of both files.
     *
     * @param log what was to be written and what was
     * @param root the first page of the table
     * @param wrong is told where a row is that differs and must not, or does not differ and must
     * @return how many rows the new file has
     * @throws PageFormatException if the pages do not tell
     */
    static long prove(RowLog log, RowDifferences differences, long root, Consumer<String> wrong)
            throws IOException, PageFormatException, SQLException, InterruptedException {
        try (Rowids written = log.writtenRowids();
                Rowids deleted = log.deletedRowids()) {
            UntouchedRows rows = new UntouchedRows(written, deleted, wrong);
            rows.stillThere = log.deletedCount();
            long count = differences.search(root, rows::look);
            if (rows.stillThere != 0) {
                wrong.accept("a row that was to be deleted");
            }
            return count;
        }
    }

    private void look(long rowid, RowDifferences.Kind kind) throws SQLException {
        boolean asWanted = switch (kind) {
            case ADDED, OTHER -> written.contain(rowid);
            case GONE -> deleted.contain(rowid);
        };
        if (!asWanted) {
            wrong.accept("rowid=" + rowid);
        } else if (kind == RowDifferences.Kind.GONE) {
            stillThere--;
        }
    }
}
