package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The situation in which an application left its database, or has it: what decides how the files can be read without changing
 * any. SQLite reads a WAL if there is one, whatever the header says, and makes one if the header says so.
 */
enum FileSituation {
    /** No WAL: SQLite's locks keep writers out, and its reading changes nothing. */
    ROLLBACK,
    /** A WAL, and somebody who has it open: SQLite reads with a mark in the index that is there. */
    IN_USE,
    /** Cut off with a WAL that has content, or with a journal in WAL mode: SQLite would recover it, which writes. */
    CUT_OFF,
    /** In WAL mode, closed, and nobody has it open: all is in the database, and SQLite would make a WAL and an index to read it. */
    CLOSED;

    /**
     * Looks at the files.
     *
     * @param inDoubt whether a WAL with an index counts as in use where the system does not tell
     */
    static FileSituation of(SourceFile source, boolean inDoubt) throws IOException {
        boolean wal = Files.exists(source.wal());
        if (!wal && !Inspection.of(source).wal()) {
            return ROLLBACK;
        }
        if (isHot(source.journal())) {
            return CUT_OFF;
        }
        if (wal && IndexUsers.of(source.walIndex()).orElse(inDoubt)) {
            return IN_USE;
        }
        return SourceFile.size(source.wal()) > 0 ? CUT_OFF : CLOSED;
    }

    /**
     * Whether a journal has something to take back, should nobody be at work: the first byte of one that has not is 0.
     *
     * @see <a href="https://sqlite.org/fileformat2.html#the_rollback_journal">SQLite, "Database File Format", section 3</a>
     */
    static boolean isHot(Path journal) throws IOException {
        if (SourceFile.size(journal) == 0) {
            return false;
        }
        byte[] start = SourceFile.start(journal, 1);
        return start.length > 0 && start[0] != 0;
    }
}
