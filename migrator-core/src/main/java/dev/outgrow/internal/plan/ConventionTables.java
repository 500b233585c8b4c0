package dev.outgrow.internal.plan;

import dev.outgrow.internal.blueprint.CounterSequence;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.typemap.Convention;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The tables that do not become tables by the caller's conventions: those that stand in for sequences, and empty ones
 * that a library recreates when it needs them.
 *
 * @param rest the catalog without them
 * @param sequences the sequences that replace counting tables
 * @param scratch the names of those that are left out
 */
public record ConventionTables(Catalog rest, List<CounterSequence> sequences, List<String> scratch) {
    /** Hibernate's default step, {@code allocationSize} of {@code SequenceGenerator}. */
    private static final long USUAL_STEP = 50;

    public ConventionTables {
        sequences = List.copyOf(sequences);
        scratch = List.copyOf(scratch);
    }

    /** There are no such tables. */
    public static ConventionTables none(Catalog catalog) {
        return new ConventionTables(catalog, List.of(), List.of());
    }

    /** The tables of a file. */
    public static ConventionTables of(Catalog catalog, List<Convention> conventions, Connection sqlite)
            throws SQLException {
        List<CounterSequence> sequences = new ArrayList<>();
        List<String> scratch = new ArrayList<>();
        for (SqliteTable table : catalog.tables()) {
            Optional<CounterSequence> sequence = Optional.empty();
            boolean anew = false;
            for (Convention convention : conventions) {
                sequence = sequence.isPresent() ? sequence : sequence(table, convention, sqlite);
                anew |= isScratch(table, convention, sqlite);
            }
            if (anew) {
                scratch.add(table.name());
            } else {
                sequence.ifPresent(sequences::add);
            }
        }
        return sequences.isEmpty() && scratch.isEmpty()
                ? none(catalog)
                : new ConventionTables(without(catalog, sequences, scratch), sequences, scratch);
    }

    private static Optional<CounterSequence> sequence(SqliteTable table, Convention convention, Connection sqlite)
            throws SQLException {
        Optional<Convention.Counters> counters = convention.counters();
        if (counters.isEmpty()
                || table.columns().size() != 1
                || table.column(counters.get().column()).isEmpty()) {
            return Optional.empty();
        }
        String column = SqliteName.quote(counters.get().column());
        OptionalLong next = number(
                sqlite,
                "SELECT CASE WHEN count(*) = 1 AND typeof(max(" + column + ")) = 'integer' THEN max(" + column
                        + ") ELSE 0 END FROM main." + SqliteName.quote(table.name()));
        // A sequence gives no value before its first, which is 1.
        return next.isEmpty() || next.getAsLong() < 1
                ? Optional.empty()
                : Optional.of(new CounterSequence(
                        table.name(),
                        table.name(),
                        counters.get().increment().orElse(step(next.getAsLong())),
                        next.getAsLong()));
    }

    private static long step(long next) {
        return (next - 1) % USUAL_STEP == 0 ? USUAL_STEP : 1;
    }

    private static boolean isScratch(SqliteTable table, Convention convention, Connection sqlite) throws SQLException {
        boolean known = convention.scratchColumns().stream()
                .anyMatch(column -> table.column(column).isPresent());
        return known
                && number(sqlite, "SELECT count(*) FROM main." + SqliteName.quote(table.name()))
                        .equals(OptionalLong.of(0));
    }

    private static OptionalLong number(Connection sqlite, String query) throws SQLException {
        try (Statement statement = sqlite.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
        }
    }

    private static Catalog without(Catalog catalog, List<CounterSequence> sequences, List<String> scratch) {
        return new Catalog(
                catalog.encoding(),
                catalog.userVersion(),
                catalog.applicationId(),
                catalog.tables().stream()
                        .filter(table -> !scratch.contains(table.name())
                                && sequences.stream()
                                        .noneMatch(sequence -> Identifiers.same(sequence.table(), table.name())))
                        .toList(),
                catalog.virtualTables(),
                catalog.views(),
                catalog.triggers(),
                catalog.systemTables(),
                catalog.sequences());
    }

    /** Adds notices about them, and gives each sequence its name in the target. */
    List<CounterSequence> named(TargetNames names, NameCase letters, NoticeBook notices) {
        List<CounterSequence> called = new ArrayList<>();
        for (CounterSequence sequence : sequences) {
            String name = names.takeNearest(letters.of(sequence.table(), false));
            called.add(sequence.called(name));
            notices.inform(
                    NoticeKind.SEQUENCE.id(sequence.table()),
                    "Table " + sequence.table() + " counts for a sequence, and becomes one: " + name + " in steps of "
                            + sequence.increment() + ", which gives " + sequence.next() + " next.",
                    "If the entity has another allocationSize, say it with incrementingBy(…) after the convention.");
        }
        if (!scratch.isEmpty()) {
            notices.inform(
                    NoticeKind.TABLES.id("scratch"),
                    "Not made, since they are empty and the library makes them anew when it needs them: "
                            + String.join(", ", scratch) + ".");
        }
        return called;
    }
}
