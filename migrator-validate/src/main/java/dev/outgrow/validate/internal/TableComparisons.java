package dev.outgrow.validate.internal;

import dev.outgrow.validate.Difference;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.catalog.Quoting;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The rows of all tables, counted or compared. */
final class TableComparisons {
    private final List<ComparedTable> tables;
    private final ValidatorOptions options;
    private final SchemaProof.Findings findings;

    TableComparisons(List<ComparedTable> tables, ValidatorOptions options, SchemaProof.Findings findings) {
        this.tables = tables;
        this.options = options;
        this.findings = findings;
    }

    List<TableComparison> run(Lanes lanes) throws SQLException, InterruptedException {
        Connection source = lanes.first().sqlite();
        boolean utf8 = SourceRows.transcoding(source) == null;
        List<TableReading> plans = new ArrayList<>();
        Map<String, TargetColumns> target = TargetColumns.of(
                lanes.first().postgres(),
                tables.stream().map(TableComparisons::targetName).toList());
        for (ComparedTable table : tables) {
            TargetColumns actual = TargetColumns.of(target, targetName(table));
            if (actual.isHidden()) {
                findings.wrong(
                        "rows:" + table.mapping().table(),
                        "row security policies hide rows from this role: compare as the table's owner, or as a role with"
                                + " BYPASSRLS");
            } else if (actual.isPresent()) {
                plans.add(TableReading.of(table, actual, utf8, findings));
            } else {
                findings.wrong("table:" + table.mapping().table(), "the target has no table " + targetName(table));
            }
        }
        return options.scope() == Validation.ROW_COUNTS ? counted(plans, lanes.first()) : compared(plans, lanes);
    }

    private static String targetName(ComparedTable table) {
        return Quoting.qualified(table.targetSchema(), table.mapping().targetName());
    }

    private List<TableComparison> compared(List<TableReading> plans, Lanes lanes)
            throws SQLException, InterruptedException {
        Map<TableReading, TableFindings> tallies = new LinkedHashMap<>();
        Set<TableReading> unordered = ConcurrentHashMap.newKeySet();
        List<Lanes.Work> whole = new ArrayList<>();
        List<Lanes.Work> parts = new ArrayList<>();
        for (TableReading plan : plans) {
            TableFindings tally = new TableFindings(plan, options);
            tallies.put(plan, tally);
            if (!plan.isOrdered()) {
                addMultiset(whole, plan, tally);
            } else if (plan.isSplittable() && lanes.count() > 1) {
                for (KeyRange range : KeyRanges.of(plan, lanes.first().sqlite())) {
                    parts.add(lane -> merge(plan, range, tally, unordered, lane));
                }
            } else if (lanes.hasOneSession() && SharedComparison.suits(plan)) {
                whole.add(lane -> share(plan, tally, unordered, lanes));
            } else {
                whole.add(lane -> merge(plan, KeyRange.ALL, tally, unordered, lane));
            }
        }
        // Tables that cannot be split start first, so that no thread is left alone with a large table at the end.
        whole.addAll(parts);
        lanes.run(whole);
        List<Lanes.Work> again = new ArrayList<>();
        for (TableReading plan : unordered) {
            TableFindings tally = new TableFindings(plan, options);
            tallies.put(plan, tally);
            addMultiset(again, plan, tally);
        }
        lanes.run(again);
        lanes.takeBack();
        return tallies.values().stream().map(TableFindings::result).toList();
    }

    private void addMultiset(List<Lanes.Work> works, TableReading plan, TableFindings tally) {
        MultisetComparison comparison = new MultisetComparison(plan, tally, options.progress());
        works.add(comparison::readSource);
        works.add(comparison::readTarget);
    }

    /** Merges a range; if that is impossible, the whole table is compared as a multiset later. */
    private void merge(TableReading plan, KeyRange range, TableFindings tally, Set<TableReading> unordered, Lane lane)
            throws SQLException, InterruptedException {
        if (unordered.contains(plan)) {
            return;
        }
        try {
            new RangeComparison(plan, range, tally, options.progress()).run(lane);
        } catch (UnorderedKeyException e) {
            unordered.add(plan);
        }
    }

    private void share(TableReading plan, TableFindings tally, Set<TableReading> unordered, Lanes lanes)
            throws SQLException, InterruptedException {
        try {
            new SharedComparison(plan, tally, options.progress()).run(lanes.first(), lanes.sources());
        } catch (UnorderedKeyException e) {
            unordered.add(plan);
        }
    }

    private List<TableComparison> counted(List<TableReading> plans, Lane lane)
            throws SQLException, InterruptedException {
        List<TableComparison> result = new ArrayList<>();
        for (TableReading plan : plans) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            result.add(counted(plan, lane));
        }
        findings.notCompared("values", "only rows were to be counted");
        return result;
    }

    private TableComparison counted(TableReading plan, Lane lane) throws SQLException {
        long start = System.nanoTime();
        long source = count(lane.sqlite(), plan.sourceName());
        long target = count(lane.postgres(), plan.targetName());
        List<Difference> differences = new ArrayList<>();
        long expected = source + plan.table().keptRows();
        boolean missing = expected > target;
        boolean added = target > expected && !options.writtenSince();
        if (missing || added) {
            Difference.Kind kind = missing ? Difference.Kind.ROW_MISSING : Difference.Kind.ROW_ADDED;
            differences.add(new Difference(plan.name(), "number of rows", null, kind));
        }
        return new TableComparison(
                plan.name(),
                source,
                target,
                0,
                Map.of(),
                differences.isEmpty() ? 0 : Math.abs(expected - target),
                differences,
                options.writtenSince() ? Math.max(0, target - expected) : 0,
                false,
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
