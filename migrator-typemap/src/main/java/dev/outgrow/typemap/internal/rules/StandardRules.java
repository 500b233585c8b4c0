package dev.outgrow.typemap.internal.rules;

import static dev.outgrow.typemap.Representation.BYTES_OF_TEXT;
import static dev.outgrow.typemap.Representation.DECIMAL;
import static dev.outgrow.typemap.Representation.JSON_TEXT;
import static dev.outgrow.typemap.Representation.NATIVE;
import static dev.outgrow.typemap.Representation.TEXT_OF_NUMBER;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Remark;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.Settlement;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.declared.DeclaredType;
import dev.outgrow.typemap.internal.declared.Family;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.List;
import java.util.Optional;

/** The standard table: from the declared type and the census to a type and a representation. */
final class StandardRules {
    /** Above this size jsonb may refuse a document; json accepts up to a gigabyte. */
    private static final long MOST_JSONB = 1L << 27;

    private final boolean citext;

    StandardRules(boolean citext) {
        this.citext = citext;
    }

    Choice choose(SourceColumn column, ColumnCensus census) {
        if (column.rowidAlias()) {
            return Choice.of(PgType.BIGINT, NATIVE, "the rowid under another name: every SQLite integer fits bigint");
        }
        return switch (Family.of(column)) {
            case INTEGER ->
                Choice.of(
                        PgType.BIGINT,
                        ofNumbers(census, false),
                        declared(column) + ": every SQLite integer fits bigint");
            case BOOLEAN ->
                Choice.of(
                        PgType.BOOLEAN,
                        Representation.BOOLEAN,
                        declared(column) + ", and every value is 0, 1 or a word for a boolean");
            case REAL ->
                Choice.of(
                        PgType.DOUBLE_PRECISION, ofNumbers(census, true), declared(column) + ": the same eight bytes");
            case DECIMAL -> decimal(column, census);
            case DATE, TIME, TIMESTAMP -> TimeRules.choose(column, census);
            case TEXT -> text(column, census);
            case JSON -> json(column, census);
            case UUID -> uuid(column, census);
            case BLOB -> blob(column, census);
            case ANY -> any(column, census);
        };
    }

    /** Numbers alone; or words such as NaN, and digits in blobs, if every other value is of that kind. */
    private static Representation ofNumbers(ColumnCensus census, boolean floating) {
        long words = floating ? census.count(Trait.FLOAT_WORD) : 0;
        long readable = words + census.count(Trait.READABLE_BLOB);
        long others = census.count(StorageClass.TEXT) + census.count(StorageClass.BLOB);
        return readable > 0 && readable == others ? DECIMAL : NATIVE;
    }

    private static Choice decimal(SourceColumn column, ColumnCensus census) {
        DeclaredType declared = DeclaredType.of(column.declaredType());
        if (declared.first().isEmpty()) {
            return Choice.of(PgType.NUMERIC, DECIMAL, declared(column) + ": decimals without a limit");
        }
        int precision = declared.first().getAsInt();
        int scale = declared.second().orElse(0);
        Evidence beyond = census.of(Trait.BEYOND_DECIMAL);
        boolean lawful = precision >= 1 && precision <= 1000 && scale <= precision;
        if (lawful && beyond.count() == 0 && census.count(Trait.INFINITE) == 0) {
            return Choice.of(
                    PgType.numeric(precision, scale), DECIMAL, declared(column) + ", and every value fits it exactly");
        }
        return Choice.of(PgType.NUMERIC, DECIMAL, declared(column) + ", but not every value fits it exactly")
                .with(new Remark(
                        NoticeKind.NUMERIC.word(),
                        Remark.Level.WARNING,
                        column.qualifiedName() + " becomes numeric without limits: values have up to "
                                + census.ranges().integerDigits() + " digits before the point and "
                                + census.ranges().scale() + " after it",
                        beyond.count(),
                        beyond.keys()));
    }

    private Choice text(SourceColumn column, ColumnCensus census) {
        boolean numbers = census.count(StorageClass.INTEGER) + census.count(StorageClass.REAL) > 0;
        Representation representation = numbers ? TEXT_OF_NUMBER : NATIVE;
        Choice choice = Choice.of(PgType.TEXT, representation, declared(column) + ": text of any length");
        if (column.collation().equals("NOCASE")) {
            choice = citext
                    ? Choice.of(
                            PgType.CITEXT,
                            representation,
                            declared(column) + " COLLATE NOCASE: citext compares without regard to case as well")
                    : choice.with(new Remark(
                            NoticeKind.COLLATION.word(),
                            Remark.Level.WARNING,
                            column.qualifiedName()
                                    + " is COLLATE NOCASE and becomes text, which tells upper case from lower case",
                            0,
                            List.of(),
                            Optional.of(Remedies.advice(
                                    "Install the extension citext in the target, or compare lower(…) in the app's"
                                            + " queries."))));
        }
        if (column.collation().equals("RTRIM")) {
            choice = choice.with(new Remark(
                    NoticeKind.RTRIM.word(),
                    Remark.Level.WARNING,
                    column.qualifiedName() + " is COLLATE RTRIM and becomes text, where blanks at the end count",
                    0,
                    List.of(),
                    Optional.of(Remedies.advice("Compare rtrim(…, ' ') in the app's queries."))));
        }
        if (Collation.named(column.collation()).isEmpty()) {
            choice = choice.with(new Remark(
                    NoticeKind.COLLATION.word(),
                    Remark.Level.LOSS,
                    column.qualifiedName() + " is COLLATE " + column.collation()
                            + ", which the application defines: PostgreSQL compares and sorts it as any text",
                    0,
                    List.of(),
                    Optional.of(Remedies.acceptance(
                            column,
                            NoticeKind.COLLATION,
                            "Give the column a collation of PostgreSQL by hand afterwards."))));
        }
        Evidence longer = census.of(Trait.LONGER_THAN_DECLARED);
        return longer.count() == 0
                ? choice
                : choice.with(new Remark(
                        NoticeKind.LENGTH.word(),
                        Remark.Level.INFO,
                        column.qualifiedName() + " has text longer than its declaration says, which SQLite does not"
                                + " enforce; it is kept whole",
                        longer.count(),
                        longer.keys()));
    }

    private Choice json(SourceColumn column, ColumnCensus census) {
        boolean blobs = census.count(StorageClass.BLOB) > 0;
        boolean unclean = census.count(Trait.NUL) + census.count(Trait.INVALID_UTF8) > 0;
        Evidence invalid = census.of(Trait.NO_JSON);
        if (blobs || unclean || invalid.count() > 0) {
            if (!column.strict() && blobs && census.count(StorageClass.BLOB) == census.values()) {
                boolean readable =
                        census.count(Trait.TEXT_BLOB) == census.values() && census.count(Trait.BINARY_JSON) == 0;
                return Choice.of(PgType.BYTEA, NATIVE, declared(column) + ", but every value is a blob")
                        .with(wish(
                                column,
                                NoticeKind.JSON,
                                "blobs",
                                census.of(StorageClass.BLOB),
                                readable ? Optional.of(Remedies.type(column, PgType.JSONB)) : Optional.empty()));
            }
            return text(column, census).with(wish(column, NoticeKind.JSON, "values that are not JSON", invalid));
        }
        Evidence twice = census.of(Trait.DUPLICATE_KEYS);
        Evidence odd = census.of(Trait.NO_JSONB);
        boolean large = census.ranges().largestValue() > MOST_JSONB;
        if (twice.count() + odd.count() == 0 && !large) {
            return Choice.of(PgType.JSONB, JSON_TEXT, declared(column) + ", and every value is JSON that jsonb keeps");
        }
        Evidence evidence = twice.plus(odd);
        return Choice.of(PgType.JSON, JSON_TEXT, declared(column) + ", but jsonb would not keep every value whole")
                .with(new Remark(
                        NoticeKind.JSON.word(),
                        Remark.Level.WARNING,
                        column.qualifiedName()
                                + " becomes json, since jsonb would drop a key that stands twice, or does"
                                + " not take \\u0000 or documents that large",
                        evidence.count(),
                        evidence.keys()));
    }

    private Choice uuid(SourceColumn column, ColumnCensus census) {
        long hyphenated = census.count(Trait.UUID_TEXT);
        long hex = census.count(Trait.UUID_HEX);
        long bytes = census.count(Trait.UUID_BLOB);
        long values = census.values();
        if (hyphenated + hex == values || bytes == values) {
            Representation representation = bytes > 0
                    ? Representation.UUID_BLOB
                    : hex > hyphenated ? Representation.UUID_HEX : Representation.UUID_TEXT;
            return Choice.of(PgType.UUID, representation, declared(column) + ", and every value is a UUID of one kind");
        }
        Evidence unfit = census.of(Trait.NO_UUID);
        Choice choice = census.count(StorageClass.BLOB) == values
                ? Choice.of(PgType.BYTEA, NATIVE, declared(column) + ", but not every blob has 16 bytes")
                : text(column, census);
        return choice.with(wish(column, NoticeKind.UUID, "values that are not UUIDs, or of more than one kind", unfit));
    }

    private static Remark wish(SourceColumn column, NoticeKind kind, String what, Evidence evidence) {
        return wish(column, kind, what, evidence, Optional.empty());
    }

    private static Remark wish(
            SourceColumn column, NoticeKind kind, String what, Evidence evidence, Optional<Settlement> settlement) {
        return new Remark(
                kind.word(),
                Remark.Level.WARNING,
                column.qualifiedName() + " is declared " + column.declaredType() + " and has " + what,
                evidence.count(),
                evidence.keys(),
                settlement);
    }

    private static Choice blob(SourceColumn column, ColumnCensus census) {
        Evidence text = census.of(StorageClass.TEXT);
        if (text.count() == 0) {
            return Choice.of(PgType.BYTEA, NATIVE, declared(column) + ": the same bytes");
        }
        return Choice.of(PgType.BYTEA, BYTES_OF_TEXT, declared(column) + ": bytes, and of text its UTF-8 bytes");
    }

    /** A column whose declaration says nothing becomes what its values are, if they are all of one class. */
    private Choice any(SourceColumn column, ColumnCensus census) {
        long values = census.values();
        String all =
                (column.declaredType().isBlank() ? "no declared type" : declared(column)) + ", and every value is ";
        if (values == census.count(StorageClass.INTEGER) && values > 0) {
            return Choice.of(PgType.BIGINT, NATIVE, all + "an integer");
        }
        if (values == census.count(StorageClass.INTEGER) + census.count(StorageClass.REAL) && values > 0) {
            return census.count(StorageClass.INTEGER) == 0 || census.count(Trait.NO_DOUBLE) == 0
                    ? Choice.of(PgType.DOUBLE_PRECISION, NATIVE, all + "a number")
                    : Choice.of(PgType.NUMERIC, DECIMAL, all + "a number, some too large for a double");
        }
        if (values == census.count(StorageClass.BLOB) && values > 0) {
            return Choice.of(PgType.BYTEA, NATIVE, all + "a blob");
        }
        Choice text = text(column, census);
        return new Choice(
                text.mapping().withRepresentation(NATIVE),
                values == 0
                        ? declared(column) + ", and there is no value: text"
                        : values == census.count(StorageClass.TEXT) ? all + "text" : declared(column) + ": text",
                text.remarks());
    }

    static String declared(SourceColumn column) {
        return column.declaredType().isBlank() ? "no declared type" : "declared " + column.declaredType();
    }
}
