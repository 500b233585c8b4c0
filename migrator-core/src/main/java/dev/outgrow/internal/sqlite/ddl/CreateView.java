package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A CREATE VIEW. Immutable.
 *
 * @param name the view
 * @param columns the names of its columns; empty if not written
 * @param select the query
 * @param selectText the query as written
 */
public record CreateView(Name name, List<Name> columns, Select select, String selectText) {
    public CreateView {
        columns = ImmutableList.copyOf(columns);
    }
}
