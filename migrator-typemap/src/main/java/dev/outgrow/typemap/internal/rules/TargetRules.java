package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;

/** If the type is given, by a rule or by an existing column: the representation that the values show. */
final class TargetRules {
    private TargetRules() {}

    static Choice choose(SourceColumn column, ColumnCensus census, PgType type) {
        return Choice.of(type, representation(census, type), "the type is given: " + type.sql());
    }

    /** The type's most permissive mapping, on which every value is tried before the representation is known. */
    static TypeMapping widest(PgType type) {
        return new TypeMapping(
                type,
                switch (type.kind()) {
                    case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC -> Representation.DECIMAL;
                    case BOOLEAN -> Representation.BOOLEAN;
                    case TEXT, VARCHAR, CHAR, CITEXT, ENUM ->
                        type.isTimeWithTimeZone()
                                ? Representation.ISO_TEXT
                                : type.isHstore() ? Representation.JSON_TEXT : Representation.TEXT_OF_BYTES;
                    case BYTEA -> Representation.BYTES_OF_TEXT;
                    case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> Representation.ISO_TEXT;
                    case UUID -> Representation.UUID_TEXT;
                    case JSON, JSONB -> Representation.TEXT_OF_BYTES;
                    case INTERVAL, INET, CIDR, MACADDR, ARRAY -> Representation.LITERAL_TEXT;
                });
    }

    private static Representation representation(ColumnCensus census, PgType type) {
        long texts = census.count(StorageClass.TEXT);
        long blobs = census.count(StorageClass.BLOB);
        long numbers = census.count(StorageClass.INTEGER) + census.count(StorageClass.REAL);
        return switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION ->
                texts + census.count(Trait.READABLE_BLOB) > 0 ? Representation.DECIMAL : Representation.NATIVE;
            case TEXT, VARCHAR, CHAR, CITEXT, ENUM ->
                type.isTimeWithTimeZone()
                        ? Representation.ISO_TEXT
                        : type.isHstore() && census.count(Trait.JSON_CONTAINER) > 0
                                ? Representation.JSON_TEXT
                                : blobs > 0
                                        ? Representation.TEXT_OF_BYTES
                                        : numbers > 0 ? Representation.TEXT_OF_NUMBER : Representation.NATIVE;
            case BYTEA -> texts > 0 ? Representation.BYTES_OF_TEXT : Representation.NATIVE;
            case TIME -> Representation.ISO_TEXT;
            case DATE, TIMESTAMP, TIMESTAMPTZ -> times(census, texts, numbers);
            case UUID -> uuid(census);
            case JSON, JSONB -> blobs > 0 ? Representation.TEXT_OF_BYTES : Representation.JSON_TEXT;
            case ARRAY -> census.count(Trait.JSON_ARRAY) > 0 ? Representation.JSON_TEXT : Representation.LITERAL_TEXT;
            case INTERVAL ->
                texts > 0 && census.count(Trait.NAIVE_TIME) == texts
                        ? Representation.ISO_TEXT
                        : Representation.LITERAL_TEXT;
            case INET, CIDR, MACADDR ->
                blobs > texts ? Representation.ADDRESS_BLOB : widest(type).representation();
            case BOOLEAN, NUMERIC -> widest(type).representation();
        };
    }

    private static Representation times(ColumnCensus census, long texts, long numbers) {
        boolean ofDigits = census.count(Trait.DIGIT_NUMBER) == numbers;
        return numbers > texts && !ofDigits ? TimeRules.unitOf(census) : TimeRules.ofText(census);
    }

    private static Representation uuid(ColumnCensus census) {
        long text = census.count(Trait.UUID_TEXT);
        long hex = census.count(Trait.UUID_HEX);
        if (census.count(Trait.UUID_BLOB) > text + hex) {
            return Representation.UUID_BLOB;
        }
        return hex > text ? Representation.UUID_HEX : Representation.UUID_TEXT;
    }
}
