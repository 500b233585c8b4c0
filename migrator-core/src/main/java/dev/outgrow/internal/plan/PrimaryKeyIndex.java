package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.ColumnRemedies;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.sql.IndexTranslator;
import dev.outgrow.internal.sql.Translation;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex.IndexTerm;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex.MadeBy;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
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
        IndexTranslator translator = new IndexTranslator(columns.relation());
        return index.terms().stream().allMatch(translator::isPlainColumn);
    }

    /** A column that ignores case in PostgreSQL and by its declaration, and not in the key; empty if there is none. */
    static Optional<ColumnMapping> tooCoarse(PlannedColumns columns) {
        for (IndexTerm term : of(columns).map(SqliteIndex::terms).orElse(List.of())) {
            ColumnMapping mapping = columns.mapping(term.column().orElseThrow());
            String declared = declared(columns, mapping.column().name());
            if (mapping.mapping().type().kind() == PgType.Kind.CITEXT
                    && declared.equals("NOCASE")
                    && !term.collation().equals("NOCASE")) {
                return Optional.of(mapping);
            }
        }
        return Optional.empty();
    }

    /**
     * What a unique index has to compare if a key on the columns would not compare as SQLite's does; empty if none is needed, or if
     * nothing in PostgreSQL would.
     */
    static Optional<String> otherTerms(PlannedColumns columns, NoticeBook notices) {
        Optional<SqliteIndex> index = of(columns).filter(key -> !comparesAlike(columns, key));
        if (index.isEmpty()) {
            return Optional.empty();
        }
        IndexTranslator translator = new IndexTranslator(columns.relation());
        List<String> texts = new ArrayList<>();
        for (IndexTerm term : index.get().terms()) {
            if (!(translator.term(term) instanceof Translation.Translated translated)) {
                unknownOrder(columns, term, notices);
                return Optional.empty();
            }
            texts.add(translated.sql());
        }
        return Optional.of(String.join(", ", texts));
    }

    /** Of a column that has such a collating sequence itself, a notice says so already. */
    private static void unknownOrder(PlannedColumns columns, IndexTerm term, NoticeBook notices) {
        String column = term.column().orElseThrow();
        if (!declared(columns, column).equalsIgnoreCase(term.collation())) {
            notices.add(NoticeDraft.loss(
                            NoticeKind.PRIMARY_KEY.id(columns.table().name()),
                            "The primary key of table " + columns.table().name() + " compares column " + column + " by "
                                    + term.collation()
                                    + ", which the application defines: PostgreSQL's key compares it as any text.")
                    .because("Primary keys compare by collating sequences that the application defines.")
                    .acceptedTo("Take the key as it is."));
        }
    }

    /** Says that a unique index takes the place of a key that is {@link #tooCoarse}. */
    static void replaced(PlannedColumns columns, ColumnMapping column, NoticeBook notices) {
        String table = columns.table().name();
        notices.add(NoticeDraft.warning(
                        NoticeKind.PRIMARY_KEY.id(table),
                        "The primary key of table " + table + " distinguishes case in column "
                                + column.column().name()
                                + ", which becomes citext and does not: a unique index over its text takes the key's place.")
                .because("Primary keys distinguish case in columns that do not: unique indexes take their place.")
                .settledBy(ColumnRemedies.rule(
                        table,
                        column.column().name(),
                        ".as(PgType.TEXT)",
                        "Take the values as text, and keep the key.")));
    }

    private static String declared(PlannedColumns columns, String column) {
        return columns.table().column(column).orElseThrow().source().collation();
    }
}
