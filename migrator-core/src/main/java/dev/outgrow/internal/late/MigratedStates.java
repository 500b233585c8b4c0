package dev.outgrow.internal.late;

import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.plan.TableChoice;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.run.TreatedState;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.page.PageFormatException;
import dev.outgrow.internal.sqlite.page.TwoStates;
import dev.outgrow.internal.sqlite.reshape.AsideRows;
import dev.outgrow.internal.sqlite.source.SideBySide;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.ExistingSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The source as it is and as it was migrated, side by side on one connection, each as the migration reads it: what was said of
 * orphans is done in both, and tables whose rows a query gives have what it gives. Closed by whoever asked for it, before the
 * later state is.
 */
public final class MigratedStates implements AutoCloseable {
    /** A table that was recreated, or that a VACUUM has moved, has another root. */
    private static final String ROOTS = "SELECT a.name, a.rootpage FROM main.sqlite_schema a JOIN " + SideBySide.THEN
            + ".sqlite_schema b ON a.type = b.type AND a.name = b.name AND a.rootpage = b.rootpage AND a.sql IS b.sql"
            + " WHERE a.type = 'table' AND a.rootpage > 0";

    private final OpenParts parts = new OpenParts();
    private final TreatedState now;
    private final TreatedState then;
    private final Connection connection;
    private final Globs only;
    private final Globs except;

    /** A way to read one state. */
    private interface Treatment {
        TreatedState of(Snapshot state);
    }

    private MigratedStates(Treatment treatment, Globs only, Globs except, Snapshot later, Path backup)
            throws SQLException {
        this.only = only;
        this.except = except;
        try {
            now = parts.kept(treatment.of(later));
            Snapshot frozen = parts.kept(SourceDatabase.unchanging(backup));
            then = parts.kept(treatment.of(frozen));
            connection = parts.kept(
                    SideBySide.of(now.snapshot().path(), then.snapshot().path()));
        } catch (SQLException | RuntimeException | Error failure) {
            parts.closeAfter(failure);
            throw failure;
        }
    }

    /**
     * Both as the migration reads them.
     *
     * @param backup what was migrated
     */
    public static MigratedStates of(MigrationOptions options, PgServer server, Snapshot now, Path backup)
            throws SQLException {
        List<String> without = new ArrayList<>(options.except().globs());
        if (options.schema() instanceof ExistingSchema schema) {
            without.addAll(schema.reshaping().leftBehind());
        }
        return new MigratedStates(
                state -> TreatedState.of(options, server, state), options.only(), new Globs(without), now, backup);
    }

    /** Both as they are, with all of their tables. */
    static MigratedStates asTheyAre(Snapshot now, Path backup) throws SQLException {
        return new MigratedStates(
                state -> new TreatedState(state, Set.of(), Map.of(), Optional.empty(), () -> {}),
                new Globs(List.of()),
                new Globs(List.of()),
                now,
                backup);
    }

    /** Sees the state that is as {@code main}, and the one that was as {@link SideBySide#THEN}; closed with this. */
    public Connection connection() {
        return connection;
    }

    /** A query that one of the states refuses, as a clause; empty if there is none. */
    public Optional<String> refusal() {
        Map<String, String> refused = new LinkedHashMap<>(then.refused());
        refused.putAll(now.refused());
        return refused.entrySet().stream()
                .map(entry -> "the query that gives the rows of table " + entry.getKey()
                        + " cannot be run over the file as it is now: " + entry.getValue())
                .findFirst();
    }

    /** Whether a query gives the rows of a table. */
    public boolean isOfQuery(String table) {
        return now.queried().contains(table);
    }

    /** The tables that were migrated and whose rows may differ, in the order of SQLite's catalog. */
    public List<LateTable> mayDiffer() throws SQLException {
        Catalog before = catalog(then);
        List<SqliteTable> tables = new TableChoice(before, only, except).chosen();
        Catalog after = catalog(now);
        Set<String> same = sameTrees();
        List<LateTable> found = new ArrayList<>();
        for (SqliteTable table : new TableChoice(after, only, except).chosen()) {
            Optional<SqliteTable> former = tables.stream()
                    .filter(candidate -> candidate.name().equals(table.name()))
                    .findFirst();
            if (former.isPresent() && !same.containsAll(trees(after, table))) {
                LateTable.of(connection, table, former.get()).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Catalog catalog(TreatedState state) throws SQLException {
        try (Connection own = state.snapshot().open()) {
            return CatalogReader.read(own);
        }
    }

    /** The tables in which the rows of one are: those by which a virtual table keeps its content, or itself. */
    private static List<String> trees(Catalog catalog, SqliteTable table) {
        return catalog.virtualTables().stream()
                .filter(virtual -> virtual.name().equals(table.name()))
                .findFirst()
                .map(virtual ->
                        virtual.shadowTables().stream().map(SqliteTable::name).toList())
                .orElse(List.of(table.name()));
    }

    /** The tables whose pages are identical in both: their rows need not be read. */
    private Set<String> sameTrees() throws SQLException {
        List<String> same = new ArrayList<>();
        try (TwoStates states =
                        TwoStates.of(now.snapshot().path(), then.snapshot().path());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ROOTS)) {
            while (rows.next()) {
                if (!states.mayDiffer(rows.getLong(2))) {
                    same.add(rows.getString(1));
                }
            }
            return Set.copyOf(same);
        } catch (PageFormatException e) {
            return Set.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + now.snapshot().path(), e);
        }
    }

    /** The rows that are set aside now and were not. */
    List<AsideRows.Row> newlyAside() throws SQLException {
        return now.aside().isPresent() && then.aside().isPresent()
                ? now.aside().get().notIn(then.aside().get())
                : List.of();
    }

    /** Does something with the rows that are set aside, if the caller said that any may be. */
    void aside(AsideWork work) throws SQLException {
        if (now.aside().isPresent() && then.aside().isPresent()) {
            work.with(then.aside().get(), now.aside().get());
        }
    }

    /** What is done with the rows that are set aside in both states. */
    interface AsideWork {
        void with(AsideRows then, AsideRows now) throws SQLException;
    }

    @Override
    public void close() {
        parts.close();
    }
}
