package dev.outgrow.validate.internal.change;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.validate.NotCompared;
import dev.outgrow.validate.SchemaFinding;
import dev.outgrow.validate.internal.DatabaseAccess;
import dev.outgrow.validate.internal.KeyRange;
import dev.outgrow.validate.internal.KeyRanges;
import dev.outgrow.validate.internal.Lanes;
import dev.outgrow.validate.internal.SourceRows;
import dev.outgrow.validate.internal.TableReading;
import dev.outgrow.validate.internal.TargetColumns;
import dev.outgrow.validate.internal.UnorderedKeyException;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.catalog.Quoting;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds row by row what changed in the target, with the streams and the proofs of the comparison: two values are equal
 * if the comparison says so.
 */
public final class ChangeSearch {
    /**
     * A table whose changes are wanted.
     *
     * @param table what is compared
     * @param place expressions of SQLite that identify a row, such as its rowid
     * @param uniform the storage class of each column in which all values have the same, NULL aside, as far as that is known
     * @param changes receives the changes
     */
    public record Wanted(
            ComparedTable table, List<String> place, Map<String, StorageClass> uniform, RowChanges changes) {
        public Wanted {
            place = ImmutableList.copyOf(place);
            uniform = ImmutableMap.copyOf(uniform);
            checkArgument(
                    !place.isEmpty(),
                    "nothing tells where a row of %s is",
                    table.mapping().table());
        }
    }

    /**
     * What obstructed the search itself.
     *
     * @param wrong tables and columns that the target lacks, or has of another type
     * @param unread columns that cannot be read back, and why
     */
    public record Found(List<SchemaFinding> wrong, List<NotCompared> unread) {
        public Found {
            wrong = ImmutableList.copyOf(wrong);
            unread = ImmutableList.copyOf(unread);
        }
    }

    private final DatabaseAccess sqlite;
    private final DatabaseAccess postgres;
    private final RowReading reading;
    private final int parallelism;

    /**
     * A search.
     *
     * @param reading of the source's rows
     * @param parallelism connections on each side, at least 1
     */
    public ChangeSearch(DatabaseAccess sqlite, DatabaseAccess postgres, RowReading reading, int parallelism) {
        this.reading = Objects.requireNonNull(reading, "reading");
        this.sqlite = Objects.requireNonNull(sqlite, "sqlite");
        this.postgres = Objects.requireNonNull(postgres, "postgres");
        this.parallelism = parallelism;
    }

    /**
     * Searches all tables.
     *
     * @throws SQLException if a database cannot be read
     * @throws InterruptedException if the thread was interrupted; the search has stopped then
     */
    public Found run(List<Wanted> tables) throws SQLException, InterruptedException {
        Findings findings = new Findings();
        try (Lanes lanes = Lanes.open(sqlite, postgres, parallelism)) {
            Connection source = lanes.first().sqlite();
            boolean utf8 = SourceRows.transcoding(source) == null;
            List<Lanes.Work> works = new ArrayList<>();
            Set<Searched> unordered = ConcurrentHashMap.newKeySet();
            for (Wanted wanted : tables) {
                ComparedTable table = wanted.table();
                String name = table.mapping().targetName();
                TargetColumns actual = TargetColumns.of(lanes.first().postgres(), table.targetSchema(), name);
                if (actual.isHidden()) {
                    findings.wrong(
                            "rows:" + table.mapping().table(),
                            "row security policies hide rows from this role: use the table's owner, or a role with BYPASSRLS");
                } else if (actual.isPresent()) {
                    Searched searched = new Searched(wanted, TableReading.of(table, actual, utf8, true, findings));
                    wanted.changes().begin(searched.plan().columns());
                    works.addAll(works(searched, lanes, unordered));
                } else {
                    findings.wrong(
                            "table:" + table.mapping().table(),
                            "the target has no table " + Quoting.qualified(table.targetSchema(), name));
                }
            }
            lanes.run(works);
            List<Lanes.Work> again = new ArrayList<>();
            for (Searched searched : unordered) {
                searched.wanted().changes().begin(searched.plan().columns());
                again.add(lane -> new UnorderedChanges(searched.wanted(), searched.plan()).run(lane));
            }
            lanes.run(again);
        }
        return new Found(findings.wrong, findings.unread);
    }

    private record Searched(Wanted wanted, TableReading plan) {}

    private List<Lanes.Work> works(Searched searched, Lanes lanes, Set<Searched> unordered) throws SQLException {
        TableReading plan = searched.plan();
        List<Lanes.Work> works = new ArrayList<>();
        if (!plan.isOrdered()) {
            works.add(lane -> new UnorderedChanges(searched.wanted(), plan).run(lane));
            return works;
        }
        List<KeyRange> ranges = plan.isSplittable() && lanes.count() > 1
                ? KeyRanges.of(plan, lanes.first().sqlite())
                : ImmutableList.of(KeyRange.ALL);
        for (KeyRange range : ranges) {
            works.add(lane -> {
                if (unordered.contains(searched)) {
                    return;
                }
                try {
                    new OrderedChanges(searched.wanted(), plan, range, reading).run(lane);
                } catch (UnorderedKeyException e) {
                    unordered.add(searched);
                }
            });
        }
        return works;
    }

    private static final class Findings implements SchemaProof.Findings {
        private final List<SchemaFinding> wrong = new ArrayList<>();
        private final List<NotCompared> unread = new ArrayList<>();

        @Override
        public void wrong(String id, String message) {
            wrong.add(new SchemaFinding(id, message));
        }

        @Override
        public void notCompared(String subject, String reason) {
            unread.add(new NotCompared(subject, reason));
        }
    }
}
