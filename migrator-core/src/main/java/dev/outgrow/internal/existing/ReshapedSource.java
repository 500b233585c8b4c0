package dev.outgrow.internal.existing;

import dev.outgrow.internal.notice.OrphanRules;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.existing.TargetCatalog;
import dev.outgrow.internal.postgres.existing.TargetCatalogReader;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.postgres.existing.TargetTable.ForeignKey;
import dev.outgrow.internal.postgres.existing.TargetTable.UniqueKey;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.reshape.AsideRows;
import dev.outgrow.internal.sqlite.reshape.Link;
import dev.outgrow.internal.sqlite.reshape.Reshaper;
import dev.outgrow.internal.sqlite.reshape.Reshaper.Passed;
import dev.outgrow.internal.sqlite.reshape.Reshaper.Wanted;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.OrphanPolicy;
import dev.outgrow.option.Reshaping;
import dev.outgrow.option.SeededRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteException;

/**
 * The snapshot in the shape of the target: the snapshot itself, or a copy in which the caller's queries have made
 * tables, without the rows for which the target keeps its own.
 *
 * @param snapshot the snapshot to read
 * @param shape what else the caller said
 * @param copy what is removed when this is closed; absent without a copy
 */
public record ReshapedSource(Snapshot snapshot, Shape shape, Optional<Reshaper.Result> copy) implements AutoCloseable {
    /** Whether the snapshot itself will not do. */
    public static boolean isCopied(ExistingSchema schema, OrphanRules orphans, boolean loaded) {
        return !schema.reshaping().queries().isEmpty() || (schema.keepsSeededRows() && !loaded) || orphans.treatAny();
    }

    /**
     * Runs the queries, if there are any.
     *
     * @param snapshot the snapshot, which must stay open longer than this
     * @param postgres a session of the target: its keys say what may identify the rows of a query
     * @param orphans what the caller said about orphans
     * @param loaded whether the rows were already migrated: then nothing shows any more which rows of the target stayed
     */
    public static ReshapedSource of(
            Snapshot snapshot, ExistingSchema schema, OrphanRules orphans, Connection postgres, boolean loaded) {
        Reshaping reshaping = schema.reshaping();
        boolean keeping = schema.keepsSeededRows() && !loaded;
        if (!isCopied(schema, orphans, loaded)) {
            return new ReshapedSource(
                    snapshot, new Shape(reshaping, List.of(), List.of(), List.of()), Optional.empty());
        }
        try (Connection sqlite = snapshot.open()) {
            TargetCatalog target = TargetCatalogReader.read(postgres, schema.name());
            ReshapedCopy copying =
                    new ReshapedCopy(schema, target, CatalogReader.read(sqlite).tables());
            List<KeptRows> kept = keeping ? copying.kept(postgres) : List.of();
            List<Passed> passed =
                    kept.stream().flatMap(rows -> rows.passed().stream()).toList();
            List<Shape.Kept> tables = kept.stream().map(KeptRows::kept).toList();
            Reshaper.Result result =
                    new Reshaper(snapshot).make(copying.wanted(), passed, copying.links(orphans, tables));
            return new ReshapedSource(
                    result.snapshot(),
                    new Shape(reshaping, result.tables(), tables, result.orphans()),
                    Optional.of(result));
        } catch (SQLException e) {
            throw e instanceof SQLiteException
                    ? SqliteFailure.of(e, "reading the catalog of the snapshot")
                    : ServerFailure.of(e, "reading the catalog of schema " + schema.name());
        }
    }

    /** What the copy needs, from both catalogs. */
    private record ReshapedCopy(ExistingSchema schema, TargetCatalog target, List<SqliteTable> tables) {
        private Shape names() {
            return new Shape(schema.reshaping(), List.of(), List.of(), List.of());
        }

        List<Wanted> wanted() {
            List<Wanted> wanted = new ArrayList<>();
            for (Reshaping.Query query : schema.reshaping().queries()) {
                List<List<String>> keys = new ArrayList<>();
                tables.stream()
                        .filter(table -> Identifiers.same(table.name(), query.table()))
                        .flatMap(table -> table.primaryKey().stream())
                        .map(SqlitePrimaryKey::columns)
                        .forEach(keys::add);
                target.tables().stream()
                        .filter(table -> Identifiers.same(table.name(), names().tableFor(query.table())))
                        .forEach(table -> keys.addAll(0, keys(table, query.table())));
                wanted.add(new Wanted(query.table(), query.sql(), keys));
            }
            return wanted;
        }

        /** The keys of the target without NULL, by the source's names of their columns. */
        private List<List<String>> keys(TargetTable place, String table) {
            return place.keys().stream()
                    .filter(key -> key.predicate().isEmpty() && !key.columns().isEmpty())
                    .filter(key -> key.columns().stream()
                            .allMatch(name -> place.column(name)
                                    .filter(TargetColumn::notNull)
                                    .isPresent()))
                    .map(UniqueKey::columns)
                    .map(columns -> columns.stream()
                            .map(column -> sourceName(column, table))
                            .toList())
                    .toList();
        }

        private String sourceName(String column, String table) {
            return schema.reshaping().places().stream()
                    .filter(place -> place.into().equals(column) && Identifiers.same(place.table(), table))
                    .map(Reshaping.Place::column)
                    .findFirst()
                    .orElse(column);
        }

        List<KeptRows> kept(Connection postgres) throws SQLException {
            List<KeptRows> kept = new ArrayList<>();
            for (TargetTable place : target.tables()) {
                Optional<SeededRows> policy = schema.seededRows(place.name()).or(schema::seededRows);
                Optional<String> source = sourceOf(place);
                if (place.hasRows() && policy.filter(SeededRows.KEEP::equals).isPresent() && source.isPresent()) {
                    kept.add(KeptRows.of(postgres, place, source.get(), column -> sourceName(column, source.get())));
                }
            }
            return kept;
        }

        /** The foreign keys of the target whose orphans have a policy, by the names of the source. */
        List<Link> links(OrphanRules orphans, List<Shape.Kept> kept) {
            List<Link> links = new ArrayList<>();
            for (TargetTable place : target.tables()) {
                Optional<String> child = sourceOf(place);
                for (ForeignKey key : child.isPresent() ? place.foreignKeys() : List.<ForeignKey>of()) {
                    // Rows that stay are parents too, and only PostgreSQL has them.
                    Optional<String> parent = target.tables().stream()
                            .filter(table -> table.name().equals(key.parent())
                                    && table.schema().equals(key.parentSchema()))
                            .filter(table -> kept.stream()
                                    .noneMatch(rows -> rows.target().equals(table.name())))
                            .findFirst()
                            .flatMap(this::sourceOf);
                    if (parent.isPresent()) {
                        List<String> columns = sourceNames(key.columns(), child.get());
                        String subject = child.get() + "." + String.join(",", columns);
                        OrphanPolicy policy = orphans.policyOf(List.of(
                                subject,
                                place.name() + "." + String.join(",", key.columns()),
                                key.name(),
                                child.get(),
                                place.name()));
                        if (policy != OrphanPolicy.FAIL) {
                            links.add(new Link(
                                    subject,
                                    policy == OrphanPolicy.SET_ASIDE,
                                    child.get(),
                                    columns,
                                    parent.get(),
                                    sourceNames(key.parentColumns(), parent.get())));
                        }
                    }
                }
            }
            return links;
        }

        private List<String> sourceNames(List<String> columns, String table) {
            return columns.stream().map(column -> sourceName(column, table)).toList();
        }

        private Optional<String> sourceOf(TargetTable place) {
            return schema.reshaping().queries().stream()
                    .map(Reshaping.Query::table)
                    .filter(table -> names().tableFor(table).equalsIgnoreCase(place.name()))
                    .findFirst()
                    .or(() -> tables.stream()
                            .filter(table -> !schema.isBookkeeping(
                                    table.name(),
                                    table.columns().stream()
                                            .map(SqliteColumn::name)
                                            .toList()))
                            .map(SqliteTable::name)
                            .filter(table -> names().tableFor(table).equalsIgnoreCase(place.name()))
                            .findFirst());
        }
    }

    /** The rows that were set aside. */
    public Optional<AsideRows> aside() {
        return copy.map(Reshaper.Result::aside);
    }

    /** Removes the copy; the snapshot stays open. */
    @Override
    public void close() {
        copy.ifPresent(made -> {
            made.aside().close();
            snapshot.close();
        });
    }
}
