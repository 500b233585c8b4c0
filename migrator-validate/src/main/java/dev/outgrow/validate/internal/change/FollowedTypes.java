package dev.outgrow.validate.internal.change;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.validate.internal.TargetColumns;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mappings that follow the columns of the target to the types that they have got since: one that holds values of the same sort, such
 * as an integer of other width, is read as what it is now. What has become of another sort stays a difference.
 */
public final class FollowedTypes {
    private static final List<Set<PgType>> SORTS = ImmutableList.of(
            ImmutableSet.of(PgType.SMALLINT, PgType.INTEGER, PgType.BIGINT, PgType.NUMERIC),
            ImmutableSet.of(PgType.REAL, PgType.DOUBLE_PRECISION),
            ImmutableSet.of(PgType.TEXT, PgType.varchar(), PgType.CITEXT),
            ImmutableSet.of(PgType.JSON, PgType.JSONB));

    private FollowedTypes() {}

    /** The table as it is to be compared now. */
    public static ComparedTable of(ComparedTable table, Connection postgres) throws SQLException {
        TargetColumns actual =
                TargetColumns.of(postgres, table.targetSchema(), table.mapping().targetName());
        ImmutableList.Builder<ColumnMapping> columns = ImmutableList.builder();
        for (ColumnMapping column : table.mapping().columns()) {
            columns.add(followed(column, actual));
        }
        return table.withColumns(columns.build());
    }

    private static ColumnMapping followed(ColumnMapping column, TargetColumns actual) {
        TargetColumns.Column now = actual.column(column.targetName());
        PgType was = column.mapping().type();
        if (now == null
                || now.kind() == was.kind()
                || was.carrier().isPresent()
                || column.mapping().converter().isPresent()) {
            return column;
        }
        return SORTS.stream()
                .filter(sort -> of(sort, was.kind()).isPresent())
                .flatMap(sort -> of(sort, now.kind()).stream())
                .findFirst()
                .map(type -> as(type, column))
                .orElse(column);
    }

    /** Without length or precision: what is read back fits already. */
    private static Optional<PgType> of(Set<PgType> sort, PgType.@Nullable Kind kind) {
        return sort.stream().filter(type -> type.kind() == kind).findFirst();
    }

    private static ColumnMapping as(PgType type, ColumnMapping column) {
        TypeMapping mapping = column.mapping().withType(type);
        return new ColumnMapping(
                column.column(),
                column.targetName(),
                type.kind() == PgType.Kind.NUMERIC ? mapping.withRepresentation(Representation.DECIMAL) : mapping,
                column.years(),
                column.reason(),
                column.misfits(),
                column.remarks());
    }
}
