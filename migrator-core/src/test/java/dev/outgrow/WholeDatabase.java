package dev.outgrow;

import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestSession;
import java.util.ArrayList;
import java.util.List;

/** All that a database is: what must be the same again when something was taken back. */
final class WholeDatabase {
    private WholeDatabase() {}

    private static final String OURS = " nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'";

    /** Catalog, statistics of tables and indexes, rows with their places, sequences and settings; one in a line. */
    static List<String> of(TestDatabase database) {
        List<String> all = new ArrayList<>(WholeCatalog.of(database));
        all.addAll(TargetFacts.of(database));
        try (TestSession session = database.session()) {
            for (String query : List.of(
                    "SELECT 'size', c.oid::regclass, reltuples, relpages, CASE WHEN relkind <> 'S' THEN relfilenode END, relhasindex FROM pg_class c"
                            + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE" + OURS + " ORDER BY c.oid",
                    "SELECT 'statistics', s::text FROM pg_stats s WHERE schemaname NOT LIKE 'pg\\_%'"
                            + " AND schemaname <> 'information_schema' ORDER BY 2",
                    "SELECT 'setting', s::text FROM pg_db_role_setting s WHERE setdatabase IN (0, (SELECT oid FROM"
                            + " pg_database WHERE datname = current_database())) ORDER BY 2",
                    "SELECT 'database', datname FROM pg_database WHERE datname LIKE 'outgrow\\_rehearsal\\_%'"
                            + " AND datname LIKE '%\\_' || (SELECT oid FROM pg_database WHERE datname = current_database()) || '\\_%'")) {
                session.rows(query).forEach(row -> all.add(row.toString()));
            }
            for (List<String> sequence : names(session, "S")) {
                all.add("sequence " + sequence + session.rows("SELECT last_value, is_called FROM " + sequence.get(0)));
            }
            for (List<String> table : names(session, "r")) {
                all.add("rows " + table
                        + session.rows("SELECT t::text, xmin, ctid FROM " + table.get(0) + " t ORDER BY ctid"));
            }
        }
        return all;
    }

    @SuppressWarnings("NullAway") // the name of a relation is not null
    private static List<List<String>> names(TestSession session, String kind) {
        return session
                .rows("SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
                        + OURS + " AND relkind = '" + kind + "' ORDER BY 1")
                .stream()
                .map(row -> List.<String>of(row.get(0)))
                .toList();
    }
}
