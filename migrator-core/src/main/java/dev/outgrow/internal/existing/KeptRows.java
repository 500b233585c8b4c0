package dev.outgrow.internal.existing;

import dev.outgrow.internal.existing.Shape.Kept;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.postgres.existing.TargetTable.UniqueKey;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.reshape.Reshaper.Passed;
import dev.outgrow.typemap.PgType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The keys of the rows that stay in a table of the target, and how to write the key of a source row in the same way.
 *
 * @param kept the table
 * @param passed the rows of the source that they replace; absent if the table has no key of a kind that both sides
 *     write alike
 */
record KeptRows(Kept kept, Optional<Passed> passed) {
    /**
     * Reads them.
     *
     * @param source the table's name in the source
     * @param sourceName the source's name of a column of the target
     */
    static KeptRows of(Connection postgres, TargetTable target, String source, UnaryOperator<String> sourceName)
            throws SQLException {
        String real = (target.kind() == 'r' ? "ONLY " : "") + Identifier.qualified(target.schema(), target.name());
        long rows = ProbeTable.number(postgres, "SELECT count(*) FROM " + real);
        Optional<UniqueKey> key = target.keys().stream()
                .filter(candidate -> candidate.predicate().isEmpty()
                        && !candidate.columns().isEmpty()
                        && candidate.columns().stream()
                                .allMatch(column -> told(target, column).isPresent()))
                .findFirst();
        if (key.isEmpty()) {
            return new KeptRows(
                    new Kept(
                            target.name(),
                            rows,
                            Map.of(),
                            Optional.of("it has no key of integers, text or uuids by which to tell whose a row is")),
                    Optional.empty());
        }
        List<String> ours = new ArrayList<>();
        List<String> theirs = new ArrayList<>();
        for (String column : key.get().columns()) {
            Told told = told(target, column).orElseThrow();
            ours.add(told.source().formatted("r." + SqliteName.quote(sourceName.apply(column))));
            theirs.add(told.target().formatted(Identifier.quote(column)));
        }
        List<List<String>> keys = new ArrayList<>();
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + String.join(", ", theirs) + " FROM " + real)) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= theirs.size(); i++) {
                    values.add(row.getString(i));
                }
                keys.add(values);
            }
        }
        return new KeptRows(
                new Kept(target.name(), rows, greatest(postgres, target, real), Optional.empty()),
                Optional.of(new Passed(source, ours, keys)));
    }

    /** Migrations often give seeded rows explicit ids, of which the sequence knows nothing. */
    private static Map<String, Long> greatest(Connection postgres, TargetTable target, String real)
            throws SQLException {
        Map<String, Long> greatest = new LinkedHashMap<>();
        for (TargetColumn column : target.columns()) {
            if (column.sequence().isPresent() || column.holdsIntegers()) {
                greatest.put(
                        column.name(),
                        ProbeTable.number(
                                postgres, "SELECT max(" + Identifier.quote(column.name()) + ")::bigint FROM " + real));
            }
        }
        return greatest;
    }

    /** How both sides write a value of a column: a format that takes the column's name. */
    private record Told(String source, String target) {}

    private static Optional<Told> told(TargetTable target, String name) {
        return target.column(name)
                .filter(TargetColumn::notNull)
                .flatMap(column -> told(column.type().kind()));
    }

    private static Optional<Told> told(PgType.Kind kind) {
        return switch (kind) {
            case SMALLINT, INTEGER, BIGINT, TEXT, VARCHAR, ENUM ->
                Optional.of(new Told("CAST(%s AS TEXT)", "%s::text"));
            case CHAR -> Optional.of(new Told("rtrim(CAST(%s AS TEXT), ' ')", "rtrim(%s::text, ' ')"));
            case CITEXT -> Optional.of(new Told("lower(CAST(%s AS TEXT))", "lower(%s::text)"));
            case UUID ->
                Optional.of(new Told(
                        "lower(replace(CASE typeof(%1$s) WHEN 'blob' THEN hex(%1$s) ELSE %1$s END, '-', ''))",
                        "replace(%s::text, '-', '')"));
            case BOOLEAN,
                    REAL,
                    DOUBLE_PRECISION,
                    NUMERIC,
                    BYTEA,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMPTZ,
                    INTERVAL,
                    JSON,
                    JSONB,
                    INET,
                    CIDR,
                    MACADDR,
                    ARRAY -> Optional.empty();
        };
    }
}
