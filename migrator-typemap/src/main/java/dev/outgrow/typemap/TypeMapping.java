package dev.outgrow.typemap;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL type together with the representation that the app chose in SQLite, and what the caller said about values
 * that would not fit: all that is needed to convert a value in either direction. Immutable and safe to share between
 * threads; every option returns a new mapping.
 */
public final class TypeMapping {
    private final PgType type;
    private final Representation representation;
    private final boolean blankAsNull;
    private final boolean nonZeroAsTrue;
    private final NulRemedy nul;
    private final InvalidTextRemedy invalidText;
    private final @Nullable ZoneId zone;
    private final @Nullable Epoch epoch;
    private final @Nullable ValueConverter converter;

    /**
     * A mapping without any option: blanks, NUL and invalid text are refused where the type cannot hold them, and times
     * without an offset are UTC where the type has a zone.
     *
     * @param type the type in PostgreSQL
     * @param representation how SQLite holds the values
     */
    public TypeMapping(PgType type, Representation representation) {
        this(type, representation, false, false, NulRemedy.REFUSE, InvalidTextRemedy.REFUSE, null, null, null);
    }

    private TypeMapping(
            PgType type,
            Representation representation,
            boolean blankAsNull,
            boolean nonZeroAsTrue,
            NulRemedy nul,
            InvalidTextRemedy invalidText,
            @Nullable ZoneId zone,
            @Nullable Epoch epoch,
            @Nullable ValueConverter converter) {
        this.type = Objects.requireNonNull(type, "type");
        this.representation = Objects.requireNonNull(representation, "representation");
        this.blankAsNull = blankAsNull;
        this.nonZeroAsTrue = nonZeroAsTrue;
        this.nul = Objects.requireNonNull(nul, "nul");
        this.invalidText = Objects.requireNonNull(invalidText, "invalidText");
        this.zone = zone;
        this.epoch = epoch;
        this.converter = converter;
    }

    /**
     * A mapping with a conversion of the caller's own; its representation is {@link Representation#CUSTOM}.
     *
     * @param type the type in PostgreSQL
     * @param converter the conversion
     */
    public static TypeMapping converted(PgType type, ValueConverter converter) {
        return new TypeMapping(
                type,
                Representation.CUSTOM,
                false,
                false,
                NulRemedy.REFUSE,
                InvalidTextRemedy.REFUSE,
                null,
                null,
                Objects.requireNonNull(converter, "converter"));
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

    /** The zone of times that name none; empty where nobody said which, and they are taken for UTC. */
    public Optional<ZoneId> zone() {
        return Optional.ofNullable(zone);
    }

    /** What numbers count, for {@link Representation#SINCE_EPOCH} and {@link Representation#TIME_IN_ANY_FORM}. */
    public Optional<Epoch> epoch() {
        return Optional.ofNullable(epoch);
    }

    /** The caller's own conversion; present exactly where the representation is {@link Representation#CUSTOM}. */
    public Optional<ValueConverter> converter() {
        return Optional.ofNullable(converter);
    }

    /** The same with another type. */
    public TypeMapping withType(PgType newType) {
        return new TypeMapping(
                newType, representation, blankAsNull, nonZeroAsTrue, nul, invalidText, zone, epoch, converter);
    }

    /** The same with another representation, and without a converter of the caller's own. */
    public TypeMapping withRepresentation(Representation newRepresentation) {
        return new TypeMapping(
                type, newRepresentation, blankAsNull, nonZeroAsTrue, nul, invalidText, zone, epoch, null);
    }

    /** The same with text that is empty or of white space alone as NULL. */
    public TypeMapping withBlankAsNull() {
        return new TypeMapping(type, representation, true, nonZeroAsTrue, nul, invalidText, zone, epoch, converter);
    }

    /** The same with every number but zero as true. */
    public TypeMapping withNonZeroAsTrue() {
        return new TypeMapping(type, representation, blankAsNull, true, nul, invalidText, zone, epoch, converter);
    }

    /** The same with another remedy for NUL in text. */
    public TypeMapping withNul(NulRemedy remedy) {
        return new TypeMapping(
                type, representation, blankAsNull, nonZeroAsTrue, remedy, invalidText, zone, epoch, converter);
    }

    /** The same with another remedy for text that is not valid UTF-8. */
    public TypeMapping withInvalidText(InvalidTextRemedy remedy) {
        return new TypeMapping(type, representation, blankAsNull, nonZeroAsTrue, nul, remedy, zone, epoch, converter);
    }

    /** The same with times that name no zone taken as times in this one. */
    public TypeMapping withZone(ZoneId newZone) {
        return new TypeMapping(
                type,
                representation,
                blankAsNull,
                nonZeroAsTrue,
                nul,
                invalidText,
                Objects.requireNonNull(newZone, "newZone").normalized(),
                epoch,
                converter);
    }

    /** The same with numbers that count from this epoch. */
    public TypeMapping withEpoch(Epoch newEpoch) {
        return new TypeMapping(
                type,
                representation,
                blankAsNull,
                nonZeroAsTrue,
                nul,
                invalidText,
                zone,
                Objects.requireNonNull(newEpoch, "newEpoch"),
                converter);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TypeMapping that
                && type.equals(that.type)
                && representation == that.representation
                && blankAsNull == that.blankAsNull
                && nonZeroAsTrue == that.nonZeroAsTrue
                && nul == that.nul
                && invalidText == that.invalidText
                && Objects.equals(zone, that.zone)
                && Objects.equals(epoch, that.epoch)
                && Objects.equals(converter, that.converter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, representation, blankAsNull, nonZeroAsTrue, nul, invalidText, zone, epoch, converter);
    }

    /** The type, the representation and the options that were set, such as {@code timestamptz from UNIX_SECONDS}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type.sql()).append(" from ").append(representation);
        if (blankAsNull) {
            text.append(", blank as NULL");
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
        return text.toString();
    }
}
