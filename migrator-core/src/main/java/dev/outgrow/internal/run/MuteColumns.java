package dev.outgrow.internal.run;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.TypeRules;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Columns that had no value, so that only the application knows how it writes them. New values are read and written like those of
 * the columns that are declared like them: of the same table, or else of the file, if those agree.
 */
public final class MuteColumns {
    /** How an application writes something for which SQLite has no storage class. */
    private record Habit(Representation representation, Optional<ZoneId> zone, Optional<Epoch> epoch) {
        Habit(TypeMapping mapping) {
            this(mapping.representation(), mapping.zone(), mapping.epoch());
        }

        TypeMapping in(TypeMapping mapping) {
            TypeMapping other = mapping.withRepresentation(representation);
            if (epoch.isPresent()) {
                other = other.withEpoch(epoch.get());
            }
            return zone.isPresent() && other.zone().isEmpty() ? other.withZone(zone.get()) : other;
        }
    }

    private final List<BackPlan.Table> tables;

    private MuteColumns(List<BackPlan.Table> tables) {
        this.tables = tables;
    }

    /**
     * The tables, of whose mute columns those are left that no rule of the caller decided, each mapped like the columns that are
     * declared like it.
     */
    static List<BackPlan.Table> likeOthers(List<BackPlan.Table> tables, TypeRules rules) {
        List<BackPlan.Table> undecided = tables.stream()
                .map(table -> table.withMute(table.compared().mapping().columns().stream()
                        .filter(column -> table.mute().contains(column.column().name()))
                        .filter(column -> isGuessed(column.mapping()) && !isRuled(column.column(), rules))
                        .map(column -> column.column().name())
                        .collect(ImmutableSet.toImmutableSet())))
                .toList();
        MuteColumns columns = new MuteColumns(undecided);
        return undecided.stream()
                .map(table -> table.mute().isEmpty() ? table : columns.mapped(table))
                .toList();
    }

    /** Whether libraries write such values in several ways. */
    private static boolean isGuessed(TypeMapping mapping) {
        PgType.Kind kind = mapping.type().kind();
        return mapping.converter().isEmpty()
                && (kind.isTemporal() || kind == PgType.Kind.INTERVAL || kind == PgType.Kind.UUID);
    }

    private static boolean isRuled(SourceColumn column, TypeRules rules) {
        return rules.rules().stream().anyMatch(rule -> rule.option().isEmpty() && rule.matches(column));
    }

    /** Whether a column with values shows how a mute one is written: both are declared alike and become the same kind of type. */
    public static boolean shows(ColumnMapping other, ColumnMapping mute) {
        return other.mapping().type().kind() == mute.mapping().type().kind()
                && other.mapping().converter().isEmpty()
                && other.mapping().valueMap().isEmpty()
                && Ascii.equalsIgnoreCase(
                        other.column().declaredType(), mute.column().declaredType());
    }

    private BackPlan.Table mapped(BackPlan.Table table) {
        ImmutableList.Builder<ColumnMapping> columns = ImmutableList.builder();
        for (ColumnMapping column : table.compared().mapping().columns()) {
            columns.add(table.mute().contains(column.column().name()) ? mapped(table, column) : column);
        }
        return table.withColumns(columns.build());
    }

    private ColumnMapping mapped(BackPlan.Table table, ColumnMapping column) {
        Set<Habit> habits = habits(Stream.of(table), column);
        if (habits.isEmpty()) {
            habits = habits(tables.stream(), column);
        }
        if (habits.size() != 1) {
            return column;
        }
        return new ColumnMapping(
                column.column(),
                column.targetName(),
                habits.iterator().next().in(column.mapping()),
                column.years(),
                column.reason(),
                column.misfits(),
                column.remarks());
    }

    private static Set<Habit> habits(Stream<BackPlan.Table> tables, ColumnMapping column) {
        return tables.flatMap(table -> table.compared().mapping().columns().stream()
                        .filter(other -> !table.mute().contains(other.column().name())))
                .filter(other -> shows(other, column))
                .map(other -> new Habit(other.mapping()))
                .collect(ImmutableSet.toImmutableSet());
    }
}
