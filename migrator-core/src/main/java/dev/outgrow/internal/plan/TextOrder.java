package dev.outgrow.internal.plan;

import dev.outgrow.typemap.PgType;
import java.util.Optional;

/**
 * How PostgreSQL orders the columns of text.
 *
 * @param collateC whether they are declared COLLATE "C", by which it orders as SQLite does
 * @param otherwise the collation of the database, where that orders in another way
 */
public record TextOrder(boolean collateC, Optional<String> otherwise) {
    /** The clause that follows a type; empty where there is none. */
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
    void name(Iterable<PlannedColumns> tables, NoticeBook notices) {
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
            notices.inform(
                    "collation:database",
                    "PostgreSQL orders text by the collation " + otherwise.get()
                            + ", where SQLite orders it byte by byte:"
                            + " ORDER BY, < and max() of " + (columns == 1 ? "1 column" : columns + " columns")
                            + " of text may give another order, and a plain index does not serve LIKE 'abc%'.",
                    ".into(TargetSchema.created(\"…\").collateC()) declares them COLLATE \"C\", which orders as SQLite does.");
        }
    }
}
