package dev.outgrow.internal.wayback;

import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.decode.Proofs;
import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.form.ColumnForm;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Values of a table that cannot be carried back as they are, by reason and column. Not safe for concurrent use. */
final class StuckValues {
    /** Why not. */
    enum Why {
        /** Their converter has no way back. */
        ONE_WAY,
        /** They have more digits than a double. */
        TOO_PRECISE,
        /** SQLite makes other numbers of the texts. */
        SPELLED,
        /** The column's representation has none for them. */
        UNWRITTEN,
        /** They lie between two of the whole numbers that the app writes. */
        BETWEEN_UNITS
    }

    private record Found(List<String> keys, AtomicLong count) {}

    private final List<ColumnMapping> columns;
    private final List<Optional<ColumnForm>> forms;
    private final List<ValueProof> proofs;
    private final ValueSlot canonical = new ValueSlot();
    private final Map<Why, Map<Integer, Found>> found = new EnumMap<>(Why.class);

    /**
     * None yet.
     *
     * @param forms what is learned of the forms of the columns meanwhile
     */
    StuckValues(List<ColumnMapping> columns, List<Optional<ColumnForm>> forms) {
        this.columns = columns;
        this.forms = forms;
        this.proofs = columns.stream()
                .map(column -> Proofs.proofFor(column.mapping()))
                .toList();
    }

    /**
     * Why a value that is to be written would not be in SQLite what it is in PostgreSQL; empty if it would be. A decimal that no
     * double gives is text, of which SQLite makes a double all the same where the column's affinity is a number's. A value that the
     * mapping does not read again has no form in SQLite at all, such as a date of the year 10000.
     */
    Optional<Why> why(int index, ValueSlot value) {
        if (value.storageClass() == StorageClass.NULL) {
            return Optional.empty();
        }
        ColumnMapping column = columns.get(index);
        boolean converted = column.mapping().converter().isPresent();
        if (!converted
                && value.storageClass() == StorageClass.TEXT
                && column.mapping().type().kind() == PgType.Kind.NUMERIC
                && column.column().affinity() != Affinity.TEXT
                && column.column().affinity() != Affinity.BLOB) {
            return Optional.of(Why.TOO_PRECISE);
        }
        if (SpelledNumber.isSpelledOtherwise(column, value)) {
            return Optional.of(Why.SPELLED);
        }
        if (!converted && proofs.get(index).canonical(value, canonical) == ValueProof.Outcome.DIFFERENT) {
            return Optional.of(Why.UNWRITTEN);
        }
        return forms.get(index).filter(form -> form.isBetweenUnits(value)).map(form -> Why.BETWEEN_UNITS);
    }

    /** Adds a value of a column in the row with a key. */
    void take(Why why, int column, String key) {
        Found values = found.computeIfAbsent(why, first -> new LinkedHashMap<>())
                .computeIfAbsent(column, first -> new Found(new ArrayList<>(), new AtomicLong()));
        values.count().incrementAndGet();
        if (values.keys().size() < Evidence.MOST_KEYS) {
            values.keys().add(key);
        }
    }

    /** The columns with values that are stuck for a reason. */
    List<Integer> columns(Why why) {
        return List.copyOf(found.getOrDefault(why, Map.of()).keySet());
    }

    /** Those with values between two units in which the application itself has written none. */
    List<Integer> columnsOfWholeUnits() {
        return columns(Why.BETWEEN_UNITS).stream()
                .filter(column -> !forms.get(column).orElseThrow().hasValuesBetweenUnits()
                        && columns.get(column).column().affinity() != Affinity.REAL)
                .toList();
    }

    private Found found(Why why, int column) {
        return Objects.requireNonNull(found.getOrDefault(why, Map.of()).get(column), "no value is stuck");
    }

    /** Adds a notice that nobody can accept. */
    void refuse(Why why, int index, Obstacles obstacles) {
        Found values = found(why, index);
        ColumnMapping column = columns.get(index);
        obstacles.refuse(
                id(column), message(why, values, column), values.count().get(), values.keys());
    }

    /**
     * Adds a notice that can be accepted.
     *
     * @param todo a sentence: what that means
     * @return whether it was accepted
     */
    boolean lose(Why why, int index, String todo, Obstacles obstacles) {
        Found values = found(why, index);
        ColumnMapping column = columns.get(index);
        obstacles.loss(
                id(column), message(why, values, column), todo, values.count().get(), values.keys());
        return obstacles.isLeftBehind(id(column));
    }

    private static String id(ColumnMapping column) {
        return NoticeKind.WAY_BACK.id(column.column().table(), column.column().name());
    }

    private static String message(Why why, Found values, ColumnMapping column) {
        boolean one = values.count().get() == 1;
        String subject = values.count().get() + (one ? " value" : " values") + " of column "
                + column.column().qualifiedName();
        return switch (why) {
            case ONE_WAY ->
                subject + (one ? " is new or was" : " are new or were")
                        + " changed, and its converter has no way back.";
            case TOO_PRECISE ->
                subject + (one ? " has" : " have") + " more digits than SQLite keeps in a column of numbers.";
            case SPELLED ->
                subject + " would not stay as " + (one ? "it is" : "they are")
                        + ": in a column that is declared " + column.column().declaredType()
                        + ", SQLite makes numbers of texts that spell them, and writes these otherwise.";
            case UNWRITTEN ->
                subject + " cannot be written in SQLite as the column's others are, such as a year beyond 9999.";
            case BETWEEN_UNITS ->
                subject + (one ? " lies" : " lie")
                        + " between the whole numbers that the app writes there, such as a time with microseconds among"
                        + " milliseconds. What reads whole numbers would fail on a fraction, or take it for something else.";
        };
    }
}
