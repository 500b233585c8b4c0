package dev.outgrow.internal.plan;

import dev.outgrow.internal.sql.IndexTranslator;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex.IndexTerm;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex.MadeBy;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import java.util.List;
import java.util.Optional;

/**
 * How SQLite compares the values of a primary key: the key may name a collating sequence for each column, {@code PRIMARY KEY (k COLLATE
 * NOCASE)}, where PostgreSQL's compares as its columns do.
 */
final class PrimaryKeyIndex {
    private PrimaryKeyIndex() {}

    /** The index in which SQLite keeps the key; empty if the key is the rowid. */
    static Optional<SqliteIndex> of(PlannedColumns columns) {
        return columns.table().indexes().stream()
                .filter(index -> index.origin() == MadeBy.PRIMARY_KEY)
                .findFirst();
    }

    /** Whether a key of PostgreSQL on these columns, UNIQUE or PRIMARY KEY, compares as an index of SQLite does. */
    static boolean comparesAlike(PlannedColumns columns, SqliteIndex index) {
        IndexTranslator translator = new IndexTranslator(Relation.of(columns.mapping()));
        return index.terms().stream().allMatch(translator::isPlainColumn);
    }

    /** A column that ignores case in PostgreSQL and by its declaration, and not in the key; empty if there is none. */
    static Optional<ColumnMapping> tooCoarse(PlannedColumns columns) {
        for (IndexTerm term : of(columns).map(SqliteIndex::terms).orElse(List.of())) {
            ColumnMapping mapping = columns.mapping(term.column().orElseThrow());
            String declared = columns.table()
                    .column(mapping.column().name())
                    .orElseThrow()
                    .source()
                    .collation();
            if (mapping.mapping().type().kind() == PgType.Kind.CITEXT
                    && declared.equals("NOCASE")
                    && !term.collation().equals("NOCASE")) {
                return Optional.of(mapping);
            }
        }
        return Optional.empty();
    }
}
