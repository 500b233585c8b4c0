package dev.outgrow.typemap.internal.text;

/**
 * What a notice can be about: the first part of its id. Every id of a notice is made here, so that the id in a plan,
 * the id under which something is tried or proved, and the id that a caller accepts are the same.
 */
public enum NoticeKind {
    /** Blank text that a rule makes NULL. */
    BLANK("blank"),
    BLOB("blob"),
    BOOKKEEPING("bookkeeping"),
    CHECK("check"),
    COLLATION("collation"),
    COLUMN("column"),
    CONFLICT("conflict"),
    CONSTRAINT("constraint"),
    /** What a library is known to write. */
    CONVENTION("convention"),
    /** Values that a converter does not bring back. */
    CONVERTER("converter"),
    /** Numbers in a column of dates. */
    DATE("date"),
    DEFAULT("default"),
    /** Where a table is to lie in a cluster. */
    DISTRIBUTION("distribution"),
    /** Numbers that may be times since more than one instant. */
    EPOCH("epoch"),
    EVENT_TRIGGER("event-trigger"),
    EXCLUSION("exclusion"),
    /** Where an extension is that columns need. */
    EXTENSION("extension"),
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
    INTERVAL("interval"),
    JSON("json"),
    /** What {@code jsonb} does not keep of a JSON text. */
    JSONB("jsonb"),
    LARGE("large"),
    /** A column whose target type names large objects. */
    LARGE_OBJECT("large-object"),
    /** Something that the caller leaves behind. */
    LEFT_BEHIND("left-behind"),
    /** A declared length that is not kept. */
    LENGTH("length"),
    /** What PostgreSQL has no room for. */
    LIMIT("limit"),
    /** A table that is made beside those of the app. */
    MADE("made"),
    /** Values that a rule replaces. */
    MAPPED("mapped"),
    /** A view of the target that keeps the rows of its query. */
    MATERIALIZED_VIEW("matview"),
    /** The book of a migration tool. */
    MIGRATIONS("migrations"),
    MISFIT("misfit"),
    MISFIT_POLICY("misfit-policy"),
    NAME("name"),
    /** Values that PostgreSQL writes in another way. */
    NORMALISED("normalised"),
    NOT_NULL("notnull"),
    NUMERIC("numeric"),
    ORPHANS("orphans"),
    /** Times that the clocks of a zone show twice. */
    OVERLAP("overlap"),
    /** Blanks at the end of text that {@code char(n)} does not keep. */
    PADDING("padding"),
    PARTITION("partition"),
    /** More digits than the type holds. */
    PRECISION("precision"),
    PRIMARY_KEY("primarykey"),
    /** A query that is to give the rows of a table. */
    QUERY("query"),
    /** A table or column that is to have another name. */
    RENAME("rename"),
    /** A table whose rows a query gives. */
    RESHAPED("reshaped"),
    ROLLOVER("rollover"),
    ROWS("rows"),
    /** Text whose blanks at the end SQLite passes over. */
    RTRIM("rtrim"),
    RULE("rule"),
    SEEDED("seeded"),
    SEQUENCE("sequence"),
    TABLE("table"),
    TABLES("tables"),
    /** Blobs that are text, every one of them. */
    TEXT_IN_BLOB("text-in-blob"),
    TRIGGER("trigger"),
    TYPE("type"),
    UNIQUE("unique"),
    /** Numbers whose unit their range does not tell. */
    UNIT("unit"),
    UNTRIED("untried"),
    UNUSED_ACCEPT("accept"),
    UUID("uuid"),
    /** UUIDs of 16 bytes that may be in the order of .NET. */
    UUID_ORDER("uuid-order"),
    VIEW("view"),
    VIOLATION("violation"),
    VIRTUAL("virtual"),
    /** What cannot be carried back to SQLite. */
    WAY_BACK("wayback"),
    /** A column that got another type, so that every value fits. */
    WIDENED("widened"),
    /** Dates of zeros that a rule makes NULL. */
    ZERO_DATE("zero-date"),
    ZONE("zone");

    private final String word;

    NoticeKind(String word) {
        this.word = word;
    }

    /** The word before the colon. */
    public String word() {
        return word;
    }

    /** Whether a word is this kind's. */
    public boolean is(String kind) {
        return word.equals(kind);
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
