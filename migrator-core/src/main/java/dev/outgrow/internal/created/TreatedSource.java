package dev.outgrow.internal.created;

import dev.outgrow.internal.notice.OrphanRules;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.reshape.AsideRows;
import dev.outgrow.internal.sqlite.reshape.Link;
import dev.outgrow.internal.sqlite.reshape.Link.Treated;
import dev.outgrow.internal.sqlite.reshape.Reshaper;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.option.OrphanPolicy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The snapshot after orphans were treated as the caller said: the snapshot itself, or a copy in which they are NULL or
 * gone.
 *
 * @param snapshot the snapshot to read
 * @param orphans what became of them
 * @param aside the rows that were set aside; absent without a copy
 */
public record TreatedSource(Snapshot snapshot, List<Treated> orphans, Optional<AsideRows> aside)
        implements AutoCloseable {
    /**
     * Treats the orphans if the caller said how; otherwise leaves the snapshot as it is.
     *
     * @param snapshot the snapshot, which must stay open longer than this
     */
    public static TreatedSource of(Snapshot snapshot, OrphanRules rules) {
        if (!rules.treatAny()) {
            return new TreatedSource(snapshot, List.of(), Optional.empty());
        }
        snapshot.complete();
        Reshaper.Result result = new Reshaper(snapshot).make(List.of(), List.of(), links(snapshot, rules));
        return new TreatedSource(result.snapshot(), result.orphans(), Optional.of(result.aside()));
    }

    private static List<Link> links(Snapshot snapshot, OrphanRules rules) {
        List<Link> links = new ArrayList<>();
        try (Connection sqlite = snapshot.open()) {
            Catalog catalog = CatalogReader.read(sqlite);
            for (SqliteTable child : catalog.tables()) {
                for (SqliteForeignKey key : child.foreignKeys()) {
                    String subject = child.name() + "." + String.join(",", key.columns());
                    List<String> names = new ArrayList<>(List.of(subject, child.name()));
                    key.constraintName().ifPresent(names::add);
                    OrphanPolicy policy = rules.policyOf(names);
                    boolean whole = catalog.table(key.parentTable())
                            .filter(parent ->
                                    key.columns().size() == key.parentColumns().size()
                                            && key.parentColumns().stream()
                                                    .allMatch(column -> parent.column(column)
                                                            .isPresent()))
                            .isPresent();
                    if (policy != OrphanPolicy.FAIL && whole) {
                        links.add(new Link(
                                subject,
                                policy == OrphanPolicy.SET_ASIDE,
                                child.name(),
                                key.columns(),
                                key.parentTable(),
                                key.parentColumns()));
                    }
                }
            }
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "reading the catalog of the snapshot");
        }
        return links;
    }

    /** Removes the copy; the snapshot stays open. */
    @Override
    public void close() {
        aside.ifPresent(rows -> {
            rows.close();
            snapshot.close();
        });
    }
}
