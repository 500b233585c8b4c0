package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.Fragment;
import java.util.ArrayList;
import java.util.List;

/** A SELECT of PostgreSQL that is put together clause by clause, in any order. Not safe for concurrent use. */
final class SelectText {
    private final boolean distinct;
    private final List<Fragment> columns = new ArrayList<>();
    private final List<Fragment> groups = new ArrayList<>();
    private final List<Fragment> orders = new ArrayList<>();
    private String from = "";
    private String where = "";
    private String having = "";
    private String limit = "";
    private String offset = "";

    /**
     * An empty one.
     *
     * @param distinct whether equal rows are dropped
     */
    SelectText(boolean distinct) {
        this.distinct = distinct;
    }

    void column(Fragment value, String name) {
        columns.add(Fragment.of("{0} AS {1}", value, Fragment.name(name)));
    }

    void from(Fragment rows) {
        from = "\nFROM " + rows.text();
    }

    void where(Fragment condition) {
        where = "\nWHERE " + condition.text();
    }

    void groupBy(Fragment value) {
        groups.add(value);
    }

    void having(Fragment condition) {
        having = "\nHAVING " + condition.text();
    }

    void orderBy(Fragment key) {
        orders.add(key);
    }

    void limit(long rows) {
        limit = "\nLIMIT " + rows;
    }

    void offset(long rows) {
        offset = "\nOFFSET " + rows;
    }

    /** The statement, each clause on a line of its own. */
    Fragment sql() {
        return Fragment.raw((distinct ? "SELECT DISTINCT\n  " : "SELECT\n  ")
                + Fragment.joined(columns, ",\n  ").text()
                + from
                + where
                + list("GROUP BY", groups)
                + having
                + list("ORDER BY", orders)
                + limit
                + offset);
    }

    private static String list(String words, List<Fragment> items) {
        return items.isEmpty()
                ? ""
                : "\n" + words + " " + Fragment.joined(items, ", ").text();
    }
}
