package dev.outgrow.testing;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A cluster of Citus in the place of the embedded server, to find what it answers otherwise: what a test makes by {@link
 * TestDatabase#execute} is spread over the cluster before the migration sees it. A test that makes what Citus does not support is
 * skipped with the words of Citus. For one thread.
 */
final class CitusCluster {
    /** The system property with the JDBC URL of a database on the coordinator, whose role is a superuser. */
    static final String URL_PROPERTY = "migrator.test.citus";

    /** The system property that says how the tables of the tests are spread: {@code reference}, {@code distributed} or {@code managed}. */
    static final String PLACE_PROPERTY = "migrator.test.citus.tables";

    /** The tables that are still plain, parents before the tables that point to them. */
    private static final String PLAIN = """
            WITH RECURSIVE plain AS (
                SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence = 'p' AND n.nspname !~ '^(pg_|information_schema|outgrow)'
                   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
                   AND NOT EXISTS (SELECT FROM pg_dist_partition p WHERE p.logicalrelid = c.oid AND NOT p.autoconverted)),
            depth AS (
                SELECT oid, 0 AS steps FROM plain
                UNION
                SELECT k.conrelid, d.steps + 1 FROM depth d JOIN pg_constraint k ON k.confrelid = d.oid
                 WHERE k.contype = 'f' AND k.conrelid <> k.confrelid AND d.steps < 20)
            SELECT p.oid::regclass, ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = p.oid AND a.attnum > 0 AND NOT a.attisdropped
                      AND a.attgenerated = '' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = p.oid AND i.indisunique AND NOT a.attnum = ANY (i.indkey))
                    ORDER BY a.attnotnull DESC, a.attnum)
              FROM plain p ORDER BY (SELECT max(steps) FROM depth d WHERE d.oid = p.oid), p.oid""";

    /** How tables are spread. */
    private enum Place {
        REFERENCE,
        DISTRIBUTED,
        MANAGED
    }

    /** A worker or the coordinator. */
    private record Node(String host, int port) {
        PGSimpleDataSource database(PGSimpleDataSource like, String name) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setServerNames(new String[] {host});
            source.setPortNumbers(new int[] {port});
            source.setDatabaseName(name);
            source.setUser(like.getUser());
            source.setPassword(like.getPassword());
            return source;
        }
    }

    private final PGSimpleDataSource coordinator;
    private final Place place;
    private final List<Node> workers = new ArrayList<>();
    private final String template =
            "outgrow_test_citus_" + ProcessHandle.current().pid();

    private CitusCluster(String url, Place place) {
        this.place = place;
        coordinator = new PGSimpleDataSource();
        coordinator.setUrl(url);
        for (String worker :
                column(coordinator, "SELECT nodename || ' ' || nodeport FROM pg_dist_node WHERE groupid <> 0")) {
            String[] parts = worker.split(" ");
            workers.add(new Node(parts[0], Integer.parseInt(parts[1])));
        }
        makeTemplate();
    }

    /** The cluster that takes the place of the embedded server, if the properties name one. */
    static Optional<CitusCluster> named() {
        String place = System.getProperty(PLACE_PROPERTY, "");
        return place.isBlank()
                ? Optional.empty()
                : Optional.of(new CitusCluster(
                        System.getProperty(URL_PROPERTY, ""), Place.valueOf(place.toUpperCase(Locale.ROOT))));
    }

    String adminUrl() {
        PGSimpleDataSource admin = on(coordinator, "postgres");
        return TestDatabase.urlOf(admin);
    }

    private static PGSimpleDataSource on(PGSimpleDataSource like, String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(Objects.requireNonNull(like.getURL()));
        source.setDatabaseName(database);
        source.setUser(like.getUser());
        source.setPassword(like.getPassword());
        return source;
    }

    private List<PGSimpleDataSource> everywhere(String database) {
        List<PGSimpleDataSource> all = new ArrayList<>();
        workers.forEach(worker -> all.add(worker.database(coordinator, database)));
        all.add(on(coordinator, database));
        return all;
    }

    /** A database with the extension on each node, known to each other. A copy of it on each node is a cluster, too. */
    private void makeTemplate() {
        for (PGSimpleDataSource node : everywhere("postgres")) {
            run(node, "CREATE DATABASE " + template + " TEMPLATE template0 ENCODING 'UTF8'");
        }
        everywhere(template).forEach(node -> run(node, "CREATE EXTENSION citus"));
        PGSimpleDataSource head = on(coordinator, template);
        run(
                head,
                "SELECT citus_set_coordinator_host('" + head.getServerNames()[0] + "', " + head.getPortNumbers()[0]
                        + ")");
        for (Node worker : workers) {
            run(head, "SELECT citus_add_node('" + worker.host() + "', " + worker.port() + ")");
        }
        for (PGSimpleDataSource node : everywhere("postgres")) {
            run(
                    node,
                    "ALTER DATABASE " + template + " ALLOW_CONNECTIONS false",
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '" + template + "'");
        }
    }

    /** Drops what the databases are copies of. */
    void close() {
        for (PGSimpleDataSource node : everywhere("postgres")) {
            run(node, "DROP DATABASE IF EXISTS " + template + " WITH (FORCE)");
        }
    }

    /** Makes a database on each node. */
    void create(String name) {
        for (PGSimpleDataSource node : everywhere("postgres")) {
            run(
                    node,
                    "CREATE DATABASE " + name + " TEMPLATE " + template,
                    "ALTER DATABASE " + name + " SET citus.shard_count TO 4",
                    "ALTER DATABASE " + name + " SET citus.enable_unsafe_triggers TO on");
        }
    }

    /** Runs a statement about databases or roles on each worker. */
    void onWorkers(String sql) {
        for (Node worker : workers) {
            run(worker.database(coordinator, "postgres"), sql);
        }
    }

    /** Spreads the tables that are still plain. One that Citus cannot spread in this way becomes a reference table, or stays plain. */
    void spread(String database) {
        PGSimpleDataSource source = on(coordinator, database);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                Statement asking = connection.createStatement()) {
            // Not the path of the database, in which a test may have put traps.
            asking.execute("SET search_path = pg_catalog");
            try (ResultSet row = asking.executeQuery(PLAIN)) {
                while (row.next()) {
                    spread(statement, row.getString(1), (String[])
                            row.getArray(2).getArray());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot spread the tables of " + database, e);
        }
    }

    private void spread(Statement statement, String table, String[] columns) {
        String name = "'" + table.replace("'", "''") + "'";
        List<String> ways = new ArrayList<>();
        switch (place) {
            case DISTRIBUTED -> {
                for (String column : columns) {
                    ways.add("SELECT create_distributed_table(" + name + ", '" + column.replace("'", "''") + "')");
                }
                ways.add("SELECT create_reference_table(" + name + ")");
            }
            case REFERENCE -> ways.add("SELECT create_reference_table(" + name + ")");
            case MANAGED ->
                ways.add("SELECT citus_add_local_table_to_metadata(" + name + ", cascade_via_foreign_keys => true)");
        }
        for (String way : ways) {
            try {
                statement.execute(way);
                return;
            } catch (SQLException refused) {
                // The next way.
            }
        }
    }

    /** Skips the test if Citus does not support what it makes. */
    static void skipIfUnsupported(String sql, SQLException failure) {
        boolean cluster = !System.getProperty(PLACE_PROPERTY, "").isBlank();
        assumeFalse(
                cluster && "0A000".equals(failure.getSQLState()), "Citus: " + failure.getMessage() + " (" + sql + ")");
    }

    private static List<String> column(PGSimpleDataSource source, String query) {
        List<String> values = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
        return values;
    }

    private static void run(PGSimpleDataSource source, String... statements) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }
}
