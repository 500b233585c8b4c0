package dev.outgrow.internal.plan;

import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.typemap.TypeMapping;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives the columns of a foreign key the types of the key that they point to, if their values allow it: SQLite compares
 * 5 with '5' by the parent's affinity, PostgreSQL does not compare them at all.
 */
final class KeyAlignment {
    private final Map<String, PlannedColumns> tables;
    private final PlanInput input;

    KeyAlignment(Map<String, PlannedColumns> tables, PlanInput input) {
        this.tables = tables;
        this.input = input;
    }

    void align() {
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
    }

    private void align(SqliteTable table, String column, ColumnMapping parent) {
        PlannedColumns child = Objects.requireNonNull(tables.get(Identifiers.key(table.name())));
        ColumnMapping mapping = child.mapping(column);
        PgType from = mapping.mapping().type();
        PgType to = parent.mapping().type();
        if (ForeignKeyPlanner.comparable(from, to) || !mapping.misfits().isEmpty()) {
            return;
        }
        ColumnCensus census = input.census(table).column(mapping.column().name());
        boolean integers = census.count(StorageClass.INTEGER) + census.count(StorageClass.NULL) == census.rows();
        TypeMapping aligned;
        if (to.kind() == PgType.Kind.BIGINT && integers) {
            aligned = new TypeMapping(to, Representation.NATIVE);
        } else if (to.kind() == PgType.Kind.TEXT && parent.column().affinity() == Affinity.TEXT && integers) {
            aligned = new TypeMapping(to, Representation.TEXT_OF_NUMBER);
        } else {
            return;
        }
        List<ColumnMapping> columns = child.mapping().columns().stream()
                .map(candidate -> candidate.equals(mapping)
                        ? new ColumnMapping(
                                mapping.column(),
                                mapping.targetName(),
                                aligned,
                                "",
                                "as the column of " + parent.column().table() + " that it points to",
                                List.of(),
                                List.of())
                        : candidate)
                .toList();
        tables.put(
                Identifiers.key(table.name()),
                new PlannedColumns(child.table(), new TableMapping(child.table().name(), child.targetName(), columns)));
    }
}
