package dev.outgrow.validate.internal.change;

import dev.outgrow.validate.internal.RowStream;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads rows of the source faster than its SQL does, where that is possible. Safe for concurrent use. */
@FunctionalInterface
public interface RowReading {
    /** Leaves everything to SQL. */
    RowReading BY_SQL = (connection, table, columns, from, to) -> Optional.empty();

    /**
     * The rows of a range of rowids, in their order; after the columns comes the rowid.
     *
     * @param connection to the source, in use for nothing else meanwhile
     * @param table its name
     * @param columns their names
     * @param from the first rowid
     * @param to the rowid after the last
     * @return empty if SQL must be asked
     */
    Optional<RowStream> open(
            Connection connection, String table, List<String> columns, OptionalLong from, OptionalLong to);
}
