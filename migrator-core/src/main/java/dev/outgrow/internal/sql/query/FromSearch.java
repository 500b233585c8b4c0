package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sqlite.ddl.FromItem;
import dev.outgrow.internal.sqlite.ddl.Select;
import dev.outgrow.internal.sqlite.ddl.SelectPart;
import java.util.stream.Stream;

/** Looks for a table in the FROM clauses of a query. */
final class FromSearch {
    private FromSearch() {}

    static boolean reads(Select select, String table) {
        return Stream.concat(
                        Stream.of(select.first()), select.compounds().stream().map(Select.Compound::part))
                .anyMatch(part -> part instanceof SelectPart.Query query
                        && query.from().isPresent()
                        && reads(query.from().get(), table));
    }

    private static boolean reads(FromItem item, String table) {
        if (item instanceof FromItem.Table read) {
            return read.name().names(table);
        } else if (item instanceof FromItem.Subquery subquery) {
            return reads(subquery.select(), table);
        } else if (item instanceof FromItem.Joined joined) {
            return reads(joined.first(), table) || joined.joins().stream().anyMatch(join -> reads(join.item(), table));
        }
        return false;
    }
}
