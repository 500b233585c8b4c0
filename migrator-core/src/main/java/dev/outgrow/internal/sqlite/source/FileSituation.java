package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The situation in which an application left its database, or currently holds it. It decides how the files can be read
 * without changing any. SQLite reads a WAL if there is one, whatever the header says, and makes one if the header says
 * so.
 */
enum FileSituation {
    /** No WAL: SQLite's locks keep writers out, and reading changes nothing. */
    ROLLBACK,
    /** A WAL, and a process that has it open: SQLite reads with a mark in the existing index. */
    IN_USE,
    /** Cut off with content in the WAL, or with a journal in WAL mode: SQLite would recover it, which writes. */
    CUT_OFF,
    /**
     * In WAL mode, closed, and not open anywhere: everything is in the database, and SQLite would make a WAL and an
     * index to read it.
     */
    CLOSED;

    /**
     * Looks at the files.
     *
     * @param inDoubt whether a WAL with an index counts as in use if the system does not say
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
     * Whether a journal has something to roll back, unless a process is working with it: otherwise its first byte is 0.
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
