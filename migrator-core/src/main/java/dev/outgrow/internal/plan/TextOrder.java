package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.Optional;

/**
 * How PostgreSQL orders the columns of text.
 *
 * @param collateC whether they are declared COLLATE "C", which orders as SQLite does
 * @param otherwise the collation of the database, if that orders differently
 */
public record TextOrder(boolean collateC, Optional<String> otherwise) {
    /** The clause that follows a type; empty if there is none. */
    String clause(PgType type) {
        return collateC && isText(type) ? "COLLATE \"C\"" : "";
    }

    private static boolean isText(PgType type) {
        return switch (type.kind()) {
            case TEXT, VARCHAR, CHAR, CITEXT -> true;
            default -> false;
        };
    }

    /** Says once for all columns that the order differs. */
    void name(String schema, Iterable<PlannedColumns> tables, NoticeBook notices) {
        if (collateC || otherwise.isEmpty()) {
            return;
        }
        long columns = 0;
        for (PlannedColumns table : tables) {
            columns += table.mapping().columns().stream()
                    .filter(column -> isText(column.mapping().type()))
                    .count();
        }
        if (columns > 0) {
            notices.add(NoticeDraft.info(
                            NoticeKind.COLLATION.id("database"),
                            "PostgreSQL orders text by the collation " + otherwise.get()
                                    + ", where SQLite orders it byte by byte:"
                                    + " ORDER BY, < and max() of " + Amount.of(columns, "column")
                                    + " of text may give another order, and a plain index does not serve LIKE 'abc%'.")
                    .settledBy(new Remedy(
                            Remedy.Kind.OPTION,
                            ".into(TargetSchema.created(" + JavaText.literal(schema) + ").collateC())",
                            "Declare these columns COLLATE \"C\", which orders as SQLite does.",
                            null)));
        }
    }
}
