package dev.outgrow.internal.plan;

import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Gives the columns of a foreign key the types of the key that they point to, if their values allow it: SQLite compares
 * 5 with '5' by the parent's affinity, PostgreSQL does not compare them at all.
 */
final class KeyAlignment {
    private final Map<String, PlannedColumns> tables;
    private final PlanInput input;
    private final Set<SourceColumn> aligned = new HashSet<>();

    KeyAlignment(Map<String, PlannedColumns> tables, PlanInput input) {
        this.tables = tables;
        this.input = input;
    }

    /** A parent may take the type of a parent of its own, so this goes on until nothing changes. */
    void align() {
        while (changes()) {
            // The next round sees what this one did.
        }
    }

    private boolean changes() {
        int before = aligned.size();
        for (PlannedColumns child : List.copyOf(tables.values())) {
            for (SqliteForeignKey key : child.table().foreignKeys()) {
                PlannedColumns parent = tables.get(Identifiers.key(key.parentTable()));
                for (int i = 0;
                        parent != null
                                && i < key.columns().size()
                                && i < key.parentColumns().size();
                        i++) {
                    if (parent.table().column(key.parentColumns().get(i)).isPresent()) {
                        align(
                                child.table(),
                                key.columns().get(i),
                                parent.mapping(key.parentColumns().get(i)));
                    }
                }
            }
        }
        return aligned.size() > before;
    }

    /**
     * Whether an integer of the child and what SQLite takes for equal to it in the parent have the same text: the digits alone, since a
     * column of such an affinity holds neither {@code 5.0} nor, beside numbers, text that is a number.
     */
    private static boolean writesIntegersAlike(Affinity parent) {
        return switch (parent) {
            case TEXT, INTEGER, NUMERIC -> true;
            case REAL, BLOB -> false;
        };
    }

    private void align(SqliteTable table, String column, ColumnMapping parent) {
        PlannedColumns child = Objects.requireNonNull(tables.get(Identifiers.key(table.name())));
        ColumnMapping mapping = child.mapping(column);
        PgType from = mapping.mapping().type();
        PgType to = parent.mapping().type();
        if (ForeignKeyPlanner.comparable(from, to)
                || !mapping.misfits().isEmpty()
                || aligned.contains(mapping.column())) {
            return;
        }
        ColumnCensus census = input.census(table).column(mapping.column().name());
        boolean integers = census.count(StorageClass.INTEGER) + census.count(StorageClass.NULL) == census.rows();
        TypeMapping common;
        if (to.kind() == PgType.Kind.BIGINT && integers) {
            common = new TypeMapping(to, Representation.NATIVE);
        } else if (to.kind() == PgType.Kind.TEXT
                && writesIntegersAlike(parent.column().affinity())
                && integers) {
            common = new TypeMapping(to, Representation.TEXT_OF_NUMBER);
        } else {
            return;
        }
        aligned.add(mapping.column());
        List<ColumnMapping> columns = child.mapping().columns().stream()
                .map(candidate -> candidate.equals(mapping)
                        ? new ColumnMapping(
                                mapping.column(),
                                mapping.targetName(),
                                common,
                                "",
                                "as the column of " + parent.column().table() + " that it points to",
                                List.of(),
                                List.of())
                        : candidate)
                .toList();
        tables.put(Identifiers.key(table.name()), child.withColumns(columns));
    }
}
