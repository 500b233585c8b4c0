package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ListMultimap;
import dev.outgrow.internal.existing.ConstraintSearch.Unanswered;
import dev.outgrow.internal.existing.TablePair.ColumnPair;
import dev.outgrow.internal.limits.RowTrial;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetIndex;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.postgres.existing.TargetTable.CheckConstraint;
import dev.outgrow.internal.postgres.existing.TargetTable.ForeignKey;
import dev.outgrow.internal.postgres.existing.TargetTable.UniqueKey;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks PostgreSQL what only it can decide: which rows a CHECK or a domain refuses, which are duplicates and orphans by
 * its own notion of equality, and whether rows that are already there are in the source. The rows are copied into
 * temporary tables in a transaction that is rolled back, so the target itself is not written.
 */
public final class TargetProbe {
    private final Connection postgres;
    private final ExistingSchema schema;
    private final NoticeBook notices;
    private final ListMultimap<String, TargetIndex> targetIndexes;
    private final ProbeTables filler;
    private final Map<String, ProbeTable> probes = new LinkedHashMap<>();

    /**
     * A probe.
     *
     * @param postgres a session in a transaction that the caller rolls back, with the {@code search_path} of the app
     * @param source the snapshot
     * @param targetIndexes those of the target's tables
     */
    public TargetProbe(
            Connection postgres,
            RowSource source,
            ExistingSchema schema,
            ListMultimap<String, TargetIndex> targetIndexes,
            NoticeBook notices) {
        this.targetIndexes = targetIndexes;
        this.postgres = postgres;
        this.schema = schema;
        this.notices = notices;
        this.filler = new ProbeTables(postgres, source, notices);
    }

    /**
     * Asks everything that is still open.
     *
     * @param tables every table that is migrated, by its name in the target
     * @param open what the snapshot did not answer, by the same name
     */
    public void ask(Map<String, ExistingTable> tables, Map<String, Unanswered> open) {
        try {
            IndexProbe indexes = new IndexProbe(postgres, targetIndexes, notices);
            Set<String> needed = needed(tables, open, indexes);
            for (String name : needed) {
                filler.fill(Objects.requireNonNull(tables.get(name)), Set.of())
                        .ifPresent(probe -> probes.put(name, probe));
            }
            longEntries(tables, needed, indexes);
            for (Map.Entry<String, ProbeTable> each : probes.entrySet()) {
                ProbeTable probe = each.getValue();
                checks(probe);
                computed(probe);
                new PlacesProbe(postgres, notices).ask(probe);
                Set<String> refusing = indexes.ask(probe);
                Unanswered questions = Objects.requireNonNull(open.get(each.getKey()));
                for (UniqueKey key : questions.keys()) {
                    if (!refusing.contains(key.name())) {
                        key(probe, key);
                    }
                }
                for (ForeignKey key : questions.foreignKeys()) {
                    foreignKey(probe, key, tables);
                }
                if (probe.table().pair().target().hasRows()) {
                    new SeedSearch(postgres, schema, notices).ask(probe);
                }
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "trying the constraints of the target");
        }
    }

    /** Tables of which only the long rows matter, since there is no other question about them. */
    private void longEntries(Map<String, ExistingTable> tables, Set<String> needed, IndexProbe indexes)
            throws SQLException {
        for (Map.Entry<String, ExistingTable> each : tables.entrySet()) {
            ExistingTable table = each.getValue();
            Set<String> columns = needed.contains(each.getKey()) ? Set.of() : indexes.longColumns(table);
            if (!columns.isEmpty()) {
                Optional<ProbeTable> probe = filler.fill(table, columns);
                if (probe.isPresent()) {
                    indexes.ask(probe.get());
                }
            }
        }
    }

    /** Columns that the target computes: compares what it computes with what the source holds. */
    private void computed(ProbeTable probe) throws SQLException {
        for (ColumnPair column : probe.table().pair().columns()) {
            String name = column.target().name();
            boolean readable = column.target().type().carrier().isEmpty();
            if (probe.table().computed().contains(name)
                    && readable
                    && !probe.misfits().contains(name)) {
                Evidence other = probe.whole(
                        postgres,
                        "r." + Identifier.quote(name) + " IS DISTINCT FROM r."
                                + Identifier.quote(ProbeTable.HELD + name));
                if (other.count() > 0) {
                    notices.add(NoticeDraft.loss(
                                    ExistingPlanner.generatedId(probe.table().pair(), column),
                                    Amount.of(other.count(), "value") + " of column "
                                            + column.source().source().qualifiedName()
                                            + Amount.verb(other.count(), " is", " are")
                                            + " not what the target computes for it: "
                                            + column.target().expression().orElse("") + ".")
                            .because("The target computes columns in another way than SQLite.")
                            .counting(other.count(), other.keys())
                            .settledBy(
                                    Remedy.Kind.CHANGE_APP,
                                    "Let the app's migrations compute the column as SQLite does.")
                            .acceptedTo("Keep what the target computes, and do not compare the column."));
                }
            }
        }
    }

    /** The tables whose rows PostgreSQL must see. */
    private static Set<String> needed(
            Map<String, ExistingTable> tables, Map<String, Unanswered> open, IndexProbe indexes) {
        Set<String> needed = new TreeSet<>();
        tables.forEach((name, table) -> {
            TargetTable target = table.pair().target();
            Unanswered questions = Objects.requireNonNull(open.get(name));
            boolean rows = table.census().rows() > 0;
            boolean asked =
                    !(questions.keys().isEmpty() && questions.foreignKeys().isEmpty());
            boolean typed = target.columns().stream()
                            .anyMatch(column -> !column.domainChecks().isEmpty())
                    || table.copied().stream()
                            .anyMatch(
                                    column -> column.mapping().type().carrier().isPresent());
            boolean refusing = !target.checks().isEmpty() || target.exclusions() || target.kind() == 'p';
            boolean made = !table.making().isNothing() || !table.computed().isEmpty();
            boolean wide = RowTrial.isNeeded(table.copied(), table.census());
            if ((rows && (asked || typed || refusing || made || wide || indexes.asksEveryRow(table)))
                    || target.hasRows()) {
                needed.add(name);
            }
            if (rows) {
                questions.foreignKeys().stream()
                        .filter(key -> key.parentSchema().equals(target.schema()) && tables.containsKey(key.parent()))
                        .forEach(key -> needed.add(key.parent()));
            }
        });
        return needed;
    }

    private void checks(ProbeTable probe) throws SQLException {
        ExistingTable table = probe.table();
        for (CheckConstraint check : table.pair().target().checks()) {
            String broken = "NOT (" + check.expression() + ")";
            Evidence failing =
                    probe.failing(postgres, () -> probe.whole(postgres, broken), "(" + check.expression() + ")");
            // A CHECK that fails refuses the row, too.
            Evidence refused = failing.count() > 0 ? failing : probe.whole(postgres, broken);
            if (refused.count() > 0) {
                refused(notices, table, check.name(), check.columns(), refused);
            }
        }
        for (ColumnMapping column : table.copied()) {
            TargetColumn place =
                    table.pair().target().column(column.targetName()).orElseThrow();
            for (String definition : place.domainChecks()) {
                String condition = definition.replaceFirst("^CHECK ", "").replaceFirst(" NOT VALID$", "");
                String value = Identifier.quote(place.name());
                Evidence refused = probe.rows(
                        postgres,
                        "(SELECT p.*, p." + value + " AS value FROM " + probe.name() + " p)",
                        "NOT " + condition);
                if (refused.count() > 0) {
                    refused(notices, table, place.typeName(), List.of(place.name()), refused);
                }
            }
        }
    }

    /** Names rows that the target refuses. */
    static void refused(NoticeBook notices, ExistingTable table, String name, List<String> columns, Evidence refused) {
        String source = table.pair().source().name();
        List<String> names = columns.stream()
                .map(column -> table.pair()
                        .toTarget(column)
                        .map(pair -> pair.source().name())
                        .orElse(column))
                .toList();
        notices.add(NoticeDraft.blocker(
                        NoticeKind.CHECK.id(source, name),
                        Amount.of(refused.count(), "row") + " of table " + source
                                + Amount.verb(refused.count(), " does", " do") + " not satisfy " + name
                                + " of the target, which is about " + String.join(", ", names) + ".")
                .because("Rows do not satisfy CHECKs of the target.")
                .counting(refused.count(), refused.keys())
                .settledBy(Remedy.Kind.FIX_SOURCE, "Correct these rows in SQLite."));
    }

    private void key(ProbeTable probe, UniqueKey key) throws SQLException {
        String terms = key.terms().stream().map(term -> "(" + term + ")").collect(joining(", "));
        String present = key.nullsDistinct()
                ? key.terms().stream().map(term -> "(" + term + ") IS NOT NULL").collect(joining(" AND "))
                : ProbeTable.WHOLE;
        String counted = "(SELECT p.*, pg_catalog.count(*) OVER (PARTITION BY " + terms + ") AS outgrow_count FROM "
                + probe.name() + " p WHERE " + present
                + key.predicate().map(predicate -> " AND (" + predicate + ")").orElse("") + ")";
        Evidence duplicates = probe.rows(postgres, counted, "outgrow_count > 1");
        if (duplicates.count() > 0) {
            ConstraintSearch.duplicates(notices, probe.table().pair(), key, duplicates);
        }
    }

    private void foreignKey(ProbeTable probe, ForeignKey key, Map<String, ExistingTable> tables) throws SQLException {
        boolean ours = key.parentSchema().equals(schema.name()) && tables.containsKey(key.parent());
        String parent = Identifier.qualified(key.parentSchema(), key.parent());
        if (ours) {
            ProbeTable rows = probes.get(key.parent());
            if (rows == null || rows.misfits().stream().anyMatch(key.parentColumns()::contains)) {
                notices.inform(
                        NoticeKind.UNTRIED.id(probe.table().mapping().targetName(), key.name()),
                        "Which rows of table " + probe.table().mapping().table() + " point to no row of table "
                                + key.parent() + " is looked at once every value of that table's key fits its column.");
                return;
            }
            parent = rows.name();
        }
        List<String> present = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            String child = "r." + Identifier.quote(key.columns().get(i));
            present.add(child + " IS NOT NULL");
            equal.add("p." + Identifier.quote(key.parentColumns().get(i)) + " "
                    + key.operators().get(i) + " " + child);
        }
        String all = "(" + String.join(" AND ", present) + ")";
        Evidence orphans = probe.rows(
                postgres,
                probe.name(),
                all + " AND NOT EXISTS (SELECT 1 FROM " + parent + " p WHERE " + String.join(" AND ", equal) + ")");
        if (orphans.count() > 0) {
            ConstraintSearch.orphans(notices, probe.table(), key, ours, orphans);
        }
        if (key.matchFull() && key.columns().size() > 1) {
            halves(probe, key, ProbeTable.WHOLE + " AND NOT " + all + " AND (" + String.join(" OR ", present) + ")");
        }
    }

    /** A foreign key that is MATCH FULL refuses NULL beside values, which a row of SQLite's may have. */
    private void halves(ProbeTable probe, ForeignKey key, String condition) throws SQLException {
        Evidence halves = probe.rows(postgres, probe.name(), condition);
        if (halves.count() > 0) {
            String source = probe.table().mapping().table();
            notices.add(NoticeDraft.blocker(
                            NoticeKind.FOREIGN_KEY.id(source, key.name()),
                            Amount.of(halves.count(), "row") + " of table " + source
                                    + Amount.verb(halves.count(), " has", " have")
                                    + " NULL in a part of the foreign key "
                                    + key.name() + " of the target, which is MATCH FULL.")
                    .because("Rows have NULL in a part of a foreign key of the target that is MATCH FULL.")
                    .counting(halves.count(), halves.keys())
                    .settledBy(
                            Remedy.Kind.FIX_SOURCE,
                            "In SQLite, give all columns of the key a value in these rows, or NULL.")
                    .settledBy(Remedy.Kind.FIX_TARGET, "Let the app's migrations make the key without MATCH FULL."));
        }
    }
}
