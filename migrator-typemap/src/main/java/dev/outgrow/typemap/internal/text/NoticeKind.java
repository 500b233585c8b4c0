package dev.outgrow.typemap.internal.text;

/**
 * What a notice can be about: the first part of its id. Every id of a notice is made here, so that the id in a plan,
 * the id under which something is tried or proved, and the id that a caller accepts are the same.
 */
public enum NoticeKind {
    BOOKKEEPING("bookkeeping"),
    CHECK("check"),
    COLLATION("collation"),
    COLUMN("column"),
    CONFLICT("conflict"),
    CONSTRAINT("constraint"),
    /** What a library is known to write. */
    CONVENTION("convention"),
    DEFAULT("default"),
    /** Where a table is to lie in a cluster. */
    DISTRIBUTION("distribution"),
    EVENT_TRIGGER("event-trigger"),
    EXCLUSION("exclusion"),
    /** An expression that is to fill a column. */
    FILL("fill"),
    /** A column that an expression fills. */
    FILLED("filled"),
    /** A trigger that is to work during the load. */
    FIRE("fire"),
    FOREIGN_KEY("foreignkey"),
    /** A column whose values are written in several forms. */
    FORMS("forms"),
    GENERATED("generated"),
    IDENTITY("identity"),
    INDEX("index"),
    INHERITANCE("inheritance"),
    /** A column whose target type names large objects. */
    LARGE_OBJECT("large-object"),
    /** Something that the caller leaves behind. */
    LEFT_BEHIND("left-behind"),
    /** What PostgreSQL has no room for. */
    LIMIT("limit"),
    /** A table that is made beside those of the app. */
    MADE("made"),
    /** The book of a migration tool. */
    MIGRATIONS("migrations"),
    MISFIT("misfit"),
    MISFIT_POLICY("misfit-policy"),
    NAME("name"),
    NOT_NULL("notnull"),
    ORPHANS("orphans"),
    PARTITION("partition"),
    PRIMARY_KEY("primarykey"),
    /** A query that is to give the rows of a table. */
    QUERY("query"),
    /** A table or column that is to have another name. */
    RENAME("rename"),
    /** A table whose rows a query gives. */
    RESHAPED("reshaped"),
    ROWS("rows"),
    RULE("rule"),
    SEEDED("seeded"),
    SEQUENCE("sequence"),
    TABLE("table"),
    TABLES("tables"),
    TRIGGER("trigger"),
    TYPE("type"),
    UNIQUE("unique"),
    UNTRIED("untried"),
    UNUSED_ACCEPT("accept"),
    VIEW("view"),
    VIOLATION("violation"),
    VIRTUAL("virtual"),
    /** What cannot be carried back to SQLite. */
    WAY_BACK("wayback"),
    ZONE("zone");

    private final String word;

    NoticeKind(String word) {
        this.word = word;
    }

    /** The word before the colon. */
    public String word() {
        return word;
    }

    /** The id of a notice about a thing, or about a whole table. */
    public String id(String subject) {
        return word + ":" + subject;
    }

    /** The id of a notice about a part of a table: a column, or something that has its name there alone. */
    public String id(String table, String part) {
        return id(table + "." + part);
    }

    /** The id of a notice about some columns of a table together. */
    public String id(String table, Iterable<String> columns) {
        return id(table, String.join(",", columns));
    }

    /** The id of another kind about the same thing. */
    public String idLike(String id) {
        return id(id.substring(id.indexOf(':') + 1));
    }
}
