package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Remark;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.RuleCall;
import dev.outgrow.typemap.Settlement;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remarks about values that fit, regardless of who chose the type. */
final class ValueRemarks {
    /** The text of a bytea has two digits for a byte, and is no larger than a gigabyte. */
    private static final long MOST_BYTEA_AS_TEXT = (1L << 29) - 1024;

    private final SourceColumn column;
    private final ColumnCensus census;
    private final TypeMapping mapping;
    private final Authority authority;
    private final List<Remark> remarks = new ArrayList<>();

    private ValueRemarks(SourceColumn column, ColumnCensus census, TypeMapping mapping, Authority authority) {
        this.column = column;
        this.census = census;
        this.mapping = mapping;
        this.authority = authority;
    }

    static List<Remark> of(
            SourceColumn column, ColumnCensus census, TypeMapping mapping, Authority authority, boolean fits) {
        ValueRemarks all = new ValueRemarks(column, census, mapping, authority);
        all.remarks.addAll(TimeRemarks.of(column, census, mapping, fits));
        all.numbers();
        all.uuids();
        all.padding();
        all.rounded();
        all.textInBlobs();
        all.converter();
        all.binaryJson();
        all.bytes();
        all.blanks();
        all.mapped();
        return all.remarks;
    }

    private void numbers() {
        boolean numeric = switch (mapping.type().kind()) {
            case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC -> true;
            case BOOLEAN,
                    TEXT,
                    VARCHAR,
                    CHAR,
                    CITEXT,
                    BYTEA,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMPTZ,
                    INTERVAL,
                    JSON,
                    JSONB,
                    UUID,
                    INET,
                    CIDR,
                    MACADDR,
                    ENUM,
                    ARRAY -> false;
        };
        Evidence shortened = census.of(Trait.SHORTENED);
        Evidence otherwise = census.of(Trait.WRITTEN_OTHERWISE);
        if (!numeric || mapping.converter().isPresent()) {
            return;
        }
        if (shortened.count() > 0) {
            add(
                    NoticeKind.NORMALISED,
                    Remark.Level.LOSS,
                    " has text with leading zeros, signs or blanks, which are lost where it becomes "
                            + mapping.type().sql() + ": of a number they mean nothing, of a code they do",
                    shortened,
                    authority == Authority.TARGET
                            ? Remedies.acceptance(column, NoticeKind.NORMALISED)
                            : Remedies.type(column, PgType.TEXT));
        } else if (otherwise.count() > 0) {
            add(
                    NoticeKind.NORMALISED,
                    Remark.Level.INFO,
                    " has text of numbers that " + mapping.type().sql()
                            + " writes in another way, such as 1e3 for 1000 or 1.10 for 1.1",
                    otherwise,
                    null);
        }
    }

    private void uuids() {
        Evidence ofDotNet = census.of(Trait.DOT_NET_ORDER);
        if (ofDotNet.count() > 0
                && census.count(Trait.NO_DOT_NET_ORDER) == 0
                && mapping.type().kind() == PgType.Kind.UUID
                && mapping.representation() == Representation.UUID_BLOB) {
            add(
                    NoticeKind.UUID_ORDER,
                    Remark.Level.LOSS,
                    " has uuids whose bytes are in the order of .NET, as versions and variants show: as they are, each"
                            + " becomes another uuid",
                    ofDotNet,
                    Remedies.rule(column, RuleCall.DOT_NET_GUIDS));
        }
        Evidence otherwise = census.of(Trait.WRITTEN_OTHERWISE);
        if (otherwise.count() > 0
                && mapping.type().kind() == PgType.Kind.UUID
                && mapping.converter().isEmpty()) {
            add(
                    NoticeKind.NORMALISED,
                    Remark.Level.INFO,
                    " has uuids in braces or after urn:uuid:, which uuid writes without",
                    otherwise,
                    null);
        }
    }

    private void padding() {
        Evidence blanks = census.of(Trait.TRAILING_BLANK);
        if (blanks.count() > 0
                && mapping.type().kind() == PgType.Kind.CHAR
                && mapping.converter().isEmpty()) {
            add(
                    NoticeKind.PADDING,
                    Remark.Level.LOSS,
                    " has text with blanks at its end, which " + mapping.type().sql()
                            + " does not tell from the blanks that it fills every value with",
                    blanks,
                    Remedies.acceptance(column, NoticeKind.PADDING));
        }
    }

    private void rounded() {
        Evidence rounded = census.of(Trait.ROUNDED_TO_REAL);
        if (rounded.count() > 0
                && mapping.type().kind() == PgType.Kind.REAL
                && mapping.converter().isEmpty()) {
            add(
                    NoticeKind.PRECISION,
                    Remark.Level.LOSS,
                    " has numbers of more digits than the four bytes of real keep, to which they are rounded",
                    rounded,
                    Remedies.acceptance(column, NoticeKind.PRECISION));
        }
    }

    private void textInBlobs() {
        Evidence blobs = census.of(Trait.READABLE_BLOB);
        if (blobs.count() > 0
                && mapping.type().kind() != PgType.Kind.BYTEA
                && mapping.converter().isEmpty()) {
            add(
                    NoticeKind.BLOB,
                    Remark.Level.WARNING,
                    " has blobs whose bytes are the text of " + mapping.type().sql() + ", and is read as that text",
                    blobs,
                    null);
        }
    }

    private void converter() {
        Evidence otherwise = census.of(Trait.CONVERTED_OTHERWISE);
        if (otherwise.count() > 0) {
            add(
                    NoticeKind.CONVERTER,
                    Remark.Level.LOSS,
                    " has values that its converter does not give back as they were:"
                            + " toSqlite(toPostgres(value)) is another value",
                    otherwise,
                    Remedies.acceptance(column, NoticeKind.CONVERTER, "Correct the converter, or take it as it is."));
        }
    }

    /** A blob of random bytes seldom is a document, and never are all of a column. */
    private void binaryJson() {
        Evidence documents = census.of(Trait.BINARY_JSON);
        if (documents.count() > 0 && documents.count() == census.count(StorageClass.BLOB)) {
            add(
                    NoticeKind.JSONB,
                    Remark.Level.WARNING,
                    " has blobs that are SQLite's binary form of JSON, which nothing in PostgreSQL reads",
                    documents,
                    Remedies.advice(
                            "Let the app write json(" + column.name() + "), which is text, before the migration."));
        }
    }

    private void bytes() {
        if (mapping.type().kind() != PgType.Kind.BYTEA) {
            return;
        }
        Evidence text = census.of(StorageClass.TEXT);
        boolean ofText = mapping.representation() == Representation.BYTES_OF_TEXT;
        if (ofText && authority == Authority.TARGET && isBase64(text)) {
            add(
                    NoticeKind.TEXT_IN_BLOB,
                    Remark.Level.LOSS,
                    " has text in a column of blobs, all of which looks like base64: as it is, the column gets the letters"
                            + " of the text, and not the bytes that they stand for",
                    text,
                    Remedies.rule(column, RuleCall.BASE64));
        } else if (ofText
                && authority == Authority.TARGET
                && text.count() > 0
                && census.count(Trait.HEX_BYTES) == text.count()) {
            add(
                    NoticeKind.TEXT_IN_BLOB,
                    Remark.Level.LOSS,
                    " has text in a column of blobs, all of which is bytes as PostgreSQL writes them, \\x and their digits:"
                            + " as it is, the column gets the letters of the text, and not the bytes that they stand for",
                    text,
                    Remedies.hex(column));
        } else if (text.count() > 0 && ofText) {
            add(
                    NoticeKind.TEXT_IN_BLOB,
                    Remark.Level.INFO,
                    " has text in a column of blobs: it becomes its UTF-8 bytes",
                    text,
                    authority == Authority.TARGET ? null : Remedies.type(column, PgType.TEXT));
        }
        if (census.ranges().largestValue() > MOST_BYTEA_AS_TEXT) {
            add(
                    NoticeKind.LARGE,
                    Remark.Level.WARNING,
                    " has a value of " + census.ranges().largestValue()
                            + " bytes: PostgreSQL keeps it, and cannot give more than half a gigabyte of bytea as text,"
                            + " which is how most clients ask for it (and pg_dump)",
                    Evidence.NONE,
                    Remedies.advice("Read such values in pieces with substring(), or in binary."));
        }
    }

    /** Whether all text but what is blank may be base64, and some of it can hardly be anything else. */
    private boolean isBase64(Evidence text) {
        return census.count(Trait.LIKELY_BASE64) > 0
                && census.count(Trait.BASE64) == text.count() - census.count(Trait.BLANK);
    }

    private void blanks() {
        Evidence blank = census.of(Trait.BLANK);
        if (mapping.blankAsNull() && blank.count() > 0) {
            add(NoticeKind.BLANK, Remark.Level.INFO, " has blank text, which becomes NULL by rule", blank, null);
        }
        Evidence zeros = census.of(Trait.ZERO_DATE);
        if (mapping.zeroDateAsNull() && zeros.count() > 0) {
            add(NoticeKind.ZERO_DATE, Remark.Level.INFO, " has dates of zeros, which become NULL by rule", zeros, null);
        }
    }

    private void mapped() {
        Evidence mapped = census.of(Trait.MAPPED);
        Evidence oneWay = census.of(Trait.MAPPED_ONE_WAY);
        if (mapping.valueMap().isEmpty()) {
            return;
        }
        if (mapped.count() > 0) {
            add(NoticeKind.MAPPED, Remark.Level.INFO, " has values that become others by rule", mapped, null);
        }
        if (oneWay.count() > 0) {
            add(
                    NoticeKind.WAY_BACK,
                    Remark.Level.WARNING,
                    " has values that do not come back from PostgreSQL as they were, since the rule that makes values"
                            + " others makes the same of another",
                    oneWay,
                    null);
        }
    }

    private void add(
            NoticeKind kind, Remark.Level level, String words, Evidence evidence, @Nullable Settlement settlement) {
        remarks.add(new Remark(
                kind.word(),
                level,
                column.qualifiedName() + words,
                evidence.count(),
                evidence.keys(),
                Optional.ofNullable(settlement)));
    }
}
