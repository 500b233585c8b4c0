package dev.outgrow.validate.internal;

import dev.outgrow.validate.Difference;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.Validation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        if (options.scope() != Validation.ROW_COUNTS) {
            throw new UnsupportedOperationException("the comparison of values is not there yet");
        }
        List<TableComparison> result = new ArrayList<>();
        for (ComparedTable table : tables) {
            result.add(counted(table, lanes.first()));
        }
        findings.notCompared("values", "only rows were to be counted");
        return result;
    }

    private TableComparison counted(ComparedTable table, Lane lane) throws SQLException {
        long start = System.nanoTime();
        String name = table.mapping().table();
        long source = count(lane.sqlite(), Names.quoted(name));
        long target = count(
                lane.postgres(),
                Names.qualified(table.targetSchema(), table.mapping().targetName()));
        List<Difference> differences = new ArrayList<>();
        boolean missing = source > target;
        boolean added = target > source && !options.writtenSince();
        if (missing || added) {
            differences.add(new Difference(
                    name, "all rows", null, missing ? Difference.Kind.ROW_MISSING : Difference.Kind.ROW_ADDED));
        }
        return new TableComparison(
                name,
                source,
                target,
                0,
                Map.of(),
                differences.isEmpty() ? 0 : Math.abs(source - target),
                differences,
                options.writtenSince() ? Math.max(0, target - source) : 0,
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
