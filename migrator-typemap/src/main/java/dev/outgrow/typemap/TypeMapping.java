package dev.outgrow.typemap;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL type together with the representation that the app chose in SQLite, and what the caller said about
 * values that would not fit: everything that is needed to convert a value in either direction. Immutable and safe to
 * share between threads; every option returns a new mapping.
 */
public final class TypeMapping {
    private final PgType type;
    private final Representation representation;
    private final boolean blankAsNull;
    private final boolean zeroDateAsNull;
    private final boolean nonZeroAsTrue;
    private final NulRemedy nul;
    private final InvalidTextRemedy invalidText;
    private final @Nullable ZoneId zone;
    private final @Nullable Epoch epoch;
    private final @Nullable ValueMap valueMap;
    private final @Nullable ValueConverter converter;

    /**
     * A mapping without any option: blanks, NUL and invalid text are refused if the type cannot hold them, and times
     * without an offset are UTC if the type has a zone.
     *
     * @param type the type in PostgreSQL
     * @param representation how SQLite holds the values
     */
    public TypeMapping(PgType type, Representation representation) {
        this(new Parts(type, representation));
    }

    private TypeMapping(Parts parts) {
        type = Objects.requireNonNull(parts.type, "type");
        representation = Objects.requireNonNull(parts.representation, "representation");
        blankAsNull = parts.blankAsNull;
        zeroDateAsNull = parts.zeroDateAsNull;
        nonZeroAsTrue = parts.nonZeroAsTrue;
        nul = Objects.requireNonNull(parts.nul, "nul");
        invalidText = Objects.requireNonNull(parts.invalidText, "invalidText");
        zone = parts.zone;
        epoch = parts.epoch;
        valueMap = parts.valueMap;
        converter = parts.converter;
    }

    /** What a mapping is made of, while it is being made. */
    private static final class Parts {
        private PgType type;
        private Representation representation;
        private boolean blankAsNull;
        private boolean zeroDateAsNull;
        private boolean nonZeroAsTrue;
        private NulRemedy nul = NulRemedy.REFUSE;
        private InvalidTextRemedy invalidText = InvalidTextRemedy.REFUSE;
        private @Nullable ZoneId zone;
        private @Nullable Epoch epoch;
        private @Nullable ValueMap valueMap;
        private @Nullable ValueConverter converter;

        Parts(PgType type, Representation representation) {
            this.type = type;
            this.representation = representation;
        }
    }

    private TypeMapping with(Consumer<Parts> change) {
        Parts parts = new Parts(type, representation);
        parts.blankAsNull = blankAsNull;
        parts.zeroDateAsNull = zeroDateAsNull;
        parts.nonZeroAsTrue = nonZeroAsTrue;
        parts.nul = nul;
        parts.invalidText = invalidText;
        parts.zone = zone;
        parts.epoch = epoch;
        parts.valueMap = valueMap;
        parts.converter = converter;
        change.accept(parts);
        return new TypeMapping(parts);
    }

    /**
     * A mapping with a conversion of the caller's own; its representation is {@link Representation#CUSTOM}.
     *
     * @param type the type in PostgreSQL
     * @param converter the conversion
     */
    public static TypeMapping converted(PgType type, ValueConverter converter) {
        Objects.requireNonNull(converter, "converter");
        return new TypeMapping(type, Representation.CUSTOM).with(parts -> parts.converter = converter);
    }

    /** The type in PostgreSQL. */
    public PgType type() {
        return type;
    }

    /** How SQLite holds the values. */
    public Representation representation() {
        return representation;
    }

    /** Whether text that is empty or of white space alone becomes NULL. */
    public boolean blankAsNull() {
        return blankAsNull;
    }

    /** Whether any number but zero is true; otherwise 0 and 1 alone are booleans. */
    public boolean nonZeroAsTrue() {
        return nonZeroAsTrue;
    }

    /** What becomes of NUL in text. */
    public NulRemedy nul() {
        return nul;
    }

    /** What becomes of text that is not valid UTF-8. */
    public InvalidTextRemedy invalidText() {
        return invalidText;
    }

    /** The zone of times that name none; empty if it was not given; then they count as UTC. */
    public Optional<ZoneId> zone() {
        return Optional.ofNullable(zone);
    }

    /** What numbers count, for {@link Representation#SINCE_EPOCH} and {@link Representation#TIME_IN_ANY_FORM}. */
    public Optional<Epoch> epoch() {
        return Optional.ofNullable(epoch);
    }

    /** The caller's own conversion; present if and only if the representation is {@link Representation#CUSTOM}. */
    public Optional<ValueConverter> converter() {
        return Optional.ofNullable(converter);
    }

    /** Texts that become others before anything else is done to them; empty if none do. */
    public Optional<ValueMap> valueMap() {
        return Optional.ofNullable(valueMap);
    }

    /** Whether a date of zeros alone becomes NULL, as {@code 0000-00-00 00:00:00}. */
    public boolean zeroDateAsNull() {
        return zeroDateAsNull;
    }

    /** The same with another type. */
    public TypeMapping withType(PgType newType) {
        return with(parts -> parts.type = newType);
    }

    /** The same with another representation, and without a converter of the caller's own. */
    public TypeMapping withRepresentation(Representation newRepresentation) {
        return with(parts -> {
            parts.representation = newRepresentation;
            parts.converter = null;
        });
    }

    /** The same with text that is empty or of white space alone as NULL. */
    public TypeMapping withBlankAsNull() {
        return with(parts -> parts.blankAsNull = true);
    }

    /** The same with dates of zeros alone as NULL. */
    public TypeMapping withZeroDateAsNull() {
        return with(parts -> parts.zeroDateAsNull = true);
    }

    /** The same with every number but zero as true. */
    public TypeMapping withNonZeroAsTrue() {
        return with(parts -> parts.nonZeroAsTrue = true);
    }

    /** The same with another remedy for NUL in text. */
    public TypeMapping withNul(NulRemedy remedy) {
        return with(parts -> parts.nul = remedy);
    }

    /** The same with another remedy for text that is not valid UTF-8. */
    public TypeMapping withInvalidText(InvalidTextRemedy remedy) {
        return with(parts -> parts.invalidText = remedy);
    }

    /** The same with times that name no zone taken as times in this one. */
    public TypeMapping withZone(ZoneId newZone) {
        ZoneId normalized = Objects.requireNonNull(newZone, "newZone").normalized();
        return with(parts -> parts.zone = normalized);
    }

    /** The same with numbers that count from this epoch. */
    public TypeMapping withEpoch(Epoch newEpoch) {
        return with(parts -> parts.epoch = Objects.requireNonNull(newEpoch, "newEpoch"));
    }

    /** The same with texts that become others. */
    public TypeMapping withValueMap(ValueMap newValueMap) {
        return with(parts -> parts.valueMap = Objects.requireNonNull(newValueMap, "newValueMap"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TypeMapping that
                && type.equals(that.type)
                && representation == that.representation
                && blankAsNull == that.blankAsNull
                && zeroDateAsNull == that.zeroDateAsNull
                && nonZeroAsTrue == that.nonZeroAsTrue
                && nul == that.nul
                && invalidText == that.invalidText
                && Objects.equals(zone, that.zone)
                && Objects.equals(epoch, that.epoch)
                && Objects.equals(valueMap, that.valueMap)
                && Objects.equals(converter, that.converter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                type,
                representation,
                blankAsNull,
                zeroDateAsNull,
                nonZeroAsTrue,
                nul,
                invalidText,
                zone,
                epoch,
                valueMap,
                converter);
    }

    /** The type, the representation and the options that were set, such as {@code timestamptz from UNIX_SECONDS}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type.sql()).append(" from ").append(representation);
        if (blankAsNull) {
            text.append(", blank as NULL");
        }
        if (zeroDateAsNull) {
            text.append(", zero dates as NULL");
        }
        if (nonZeroAsTrue) {
            text.append(", non-zero as true");
        }
        if (nul != NulRemedy.REFUSE) {
            text.append(", NUL: ").append(nul);
        }
        if (invalidText != InvalidTextRemedy.REFUSE) {
            text.append(", invalid UTF-8: ").append(invalidText);
        }
        if (zone != null) {
            text.append(", naive times in ").append(zone.equals(ZoneOffset.UTC) ? "UTC" : zone);
        }
        if (epoch != null) {
            text.append(", numbers in ").append(epoch.unit()).append(" since ").append(epoch.start());
        }
        if (valueMap != null) {
            text.append(", ").append(valueMap);
        }
        return text.toString();
    }
}
