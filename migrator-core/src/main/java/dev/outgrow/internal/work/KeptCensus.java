package dev.outgrow.internal.work;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.CensusTaker;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.RowRange;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.Ranges;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The census of a source as a short text, so that whoever reads the very same rows later need not count them again. It holds what a
 * {@link ColumnCensus} holds: counts, extremes and keys. What it was asked is part of it: if the rules ask something else by
 * then, it does not answer. Immutable.
 */
public final class KeptCensus {
    /** Rises with each change of this text, and of what {@link ColumnCounter} counts. */
    private static final int LAYOUT = 1;

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final Content content;

    private KeptCensus(Content content) {
        this.content = content;
    }

    private record Content(int layout, Map<String, Table> tables) {}

    private record Table(long rows, long bytes, Map<String, Column> columns) {}

    /** A column; {@code again} is null unless a second pass looked at it. */
    private record Column(
            String asked, Counted first, @Nullable Again again) {}

    private record Again(String asked, Counted found) {}

    private record Counted(
            Map<StorageClass, Evidence> classes,
            Map<Trait, Evidence> traits,
            Map<Misfit.Kind, Evidence> unfit,
            Extremes ranges,
            @Nullable String refusal) {
        static Counted of(ColumnCensus census) {
            return new Counted(
                    census.classes(),
                    census.traits(),
                    census.unfit(),
                    Extremes.of(census.ranges()),
                    census.refusal().orElse(null));
        }

        ColumnCensus of(SqliteColumn column, ColumnCounter counter) {
            return new ColumnCensus(
                    column.source(),
                    classes,
                    traits,
                    ranges.ranges(),
                    counter.result().tried(),
                    unfit,
                    Optional.ofNullable(refusal));
        }
    }

    /** Doubles as their bits: JSON has no infinities. */
    private record Extremes(
            @Nullable Long smallestInteger,
            @Nullable Long largestInteger,
            @Nullable Long smallestReal,
            @Nullable Long largestReal,
            long longestText,
            long largestValue,
            int integerDigits,
            int scale) {
        static Extremes of(Ranges ranges) {
            return new Extremes(
                    boxed(ranges.smallestInteger()),
                    boxed(ranges.largestInteger()),
                    bits(ranges.smallestReal()),
                    bits(ranges.largestReal()),
                    ranges.longestText(),
                    ranges.largestValue(),
                    ranges.integerDigits(),
                    ranges.scale());
        }

        private static @Nullable Long boxed(OptionalLong value) {
            return value.isPresent() ? value.getAsLong() : null;
        }

        private static @Nullable Long bits(OptionalDouble value) {
            return value.isPresent() ? Double.doubleToLongBits(value.getAsDouble()) : null;
        }

        Ranges ranges() {
            return new Ranges(
                    integer(smallestInteger),
                    integer(largestInteger),
                    real(smallestReal),
                    real(largestReal),
                    longestText,
                    largestValue,
                    integerDigits,
                    scale);
        }

        private static OptionalLong integer(@Nullable Long value) {
            return value == null ? OptionalLong.empty() : OptionalLong.of(value);
        }

        private static OptionalDouble real(@Nullable Long bits) {
            return bits == null ? OptionalDouble.empty() : OptionalDouble.of(Double.longBitsToDouble(bits));
        }
    }

    /**
     * Keeps a census.
     *
     * @param census of each table, by name
     * @param counters what was asked
     */
    public static KeptCensus of(
            Map<String, TableCensus> census, List<SqliteTable> tables, CensusRun.Counters counters) {
        Map<String, Table> kept = new LinkedHashMap<>();
        for (SqliteTable table : tables) {
            TableCensus counted = Objects.requireNonNull(census.get(table.name()));
            kept.put(table.name(), new Table(counted.rows(), counted.bytes(), columns(table, counted, counters)));
        }
        return new KeptCensus(new Content(LAYOUT, kept));
    }

    private static Map<String, Column> columns(SqliteTable table, TableCensus counted, CensusRun.Counters counters) {
        Map<String, ColumnCensus> before = new LinkedHashMap<>(counted.columns());
        before.putAll(counted.first());
        Map<String, ColumnCounter> again = counted.first().isEmpty()
                ? Map.of()
                : counters.again(
                        table, new TableCensus(counted.rows(), counted.bytes(), before, counted.parts(), Map.of()));
        Map<String, Column> columns = new LinkedHashMap<>();
        for (SqliteColumn column : CensusTaker.columns(table)) {
            String name = column.name();
            ColumnCounter counter = again.get(name);
            columns.put(
                    name,
                    new Column(
                            counters.first(table, column.source()).asked(),
                            Counted.of(Objects.requireNonNull(before.get(name))),
                            counter == null ? null : new Again(counter.asked(), Counted.of(counted.column(name)))));
        }
        return columns;
    }

    /** The text that {@link #read} reads: no secret, and nothing that JSON or PostgreSQL would not take. */
    public String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(GSON.toJson(content).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Reads a text; empty if another version of the library wrote it. */
    public static Optional<KeptCensus> read(String text) {
        try (GZIPInputStream packed =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            Content content = GSON.fromJson(new String(packed.readAllBytes(), StandardCharsets.UTF_8), Content.class);
            return Optional.ofNullable(content)
                    .filter(read -> read.layout() == LAYOUT)
                    .map(KeptCensus::new);
        } catch (IOException | IllegalArgumentException | JsonParseException otherwise) {
            return Optional.empty();
        }
    }

    /**
     * What a {@link CensusRun} would count in these tables, except that each table has one part; empty if it would count
     * otherwise, or something else.
     */
    public Optional<Map<String, TableCensus>> of(List<SqliteTable> tables, CensusRun.Counters counters) {
        Map<String, TableCensus> census = new LinkedHashMap<>();
        for (SqliteTable table : tables) {
            Optional<TableCensus> one =
                    Optional.ofNullable(content.tables().get(table.name())).flatMap(kept -> of(table, kept, counters));
            if (one.isEmpty()) {
                return Optional.empty();
            }
            census.put(table.name(), one.get());
        }
        return Optional.of(census);
    }

    private static Optional<TableCensus> of(SqliteTable table, Table kept, CensusRun.Counters counters) {
        Map<String, ColumnCensus> columns = new LinkedHashMap<>();
        for (SqliteColumn column : CensusTaker.columns(table)) {
            Column found = kept.columns().get(column.name());
            ColumnCounter counter = counters.first(table, column.source());
            if (found == null || !counter.asked().equals(found.asked())) {
                return Optional.empty();
            }
            columns.put(column.name(), found.first().of(column, counter));
        }
        TableCensus.Part whole = new TableCensus.Part(RowRange.ALL, kept.bytes());
        TableCensus first = new TableCensus(kept.rows(), kept.bytes(), columns, List.of(whole), Map.of());
        Map<String, ColumnCensus> again = new LinkedHashMap<>();
        Map<String, ColumnCounter> asked = counters.again(table, first);
        for (SqliteColumn column : CensusTaker.columns(table)) {
            Again found =
                    Objects.requireNonNull(kept.columns().get(column.name())).again();
            ColumnCounter counter = asked.get(column.name());
            if ((counter == null) != (found == null)
                    || (counter != null && found != null && !counter.asked().equals(found.asked()))) {
                return Optional.empty();
            }
            if (counter != null && found != null) {
                again.put(column.name(), found.found().of(column, counter));
            }
        }
        return Optional.of(again.isEmpty() ? first : first.with(again));
    }
}
