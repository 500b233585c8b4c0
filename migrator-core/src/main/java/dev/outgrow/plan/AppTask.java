package dev.outgrow.plan;

/**
 * Something that only the app, or the people who run it, can do. Made by the library; use the accessors.
 *
 * @param kind what it is about
 * @param when when it is to be done
 * @param subject the tables, triggers or files that it is about
 * @param what what to do, in a sentence or two
 */
public record AppTask(Kind kind, When when, String subject, String what) {
    /** What it is about. More may be added. */
    public enum Kind {
        /** A full-text or other search index to build anew. */
        SEARCH_INDEX,
        /** An extension that the target needs. */
        EXTENSION,
        /** Triggers, views or functions to make by hand. */
        CODE,
        /** A table of jobs or a queue, with entries that are not finished. */
        QUEUE,
        /** Settings that name the old file. */
        SETTINGS
    }

    /** When it is to be done. */
    public enum When {
        /** Before the app stops writing to SQLite. */
        BEFORE("before the switch"),
        /** Once the rows are in PostgreSQL, before the app starts on it. */
        BETWEEN("before the app starts on PostgreSQL"),
        /** Once the app runs on PostgreSQL. */
        AFTER("after the switch");

        private final String words;

        When(String words) {
            this.words = words;
        }

        /** The same in words. */
        public String words() {
            return words;
        }
    }
}
