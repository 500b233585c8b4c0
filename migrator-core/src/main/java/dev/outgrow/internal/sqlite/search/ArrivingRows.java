package dev.outgrow.internal.sqlite.search;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Ascii;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.InvalidTextRemedy;
import dev.outgrow.typemap.NulRemedy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.decode.Proofs;
import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.rules.Collation;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/**
 * The rows of a table with their values as they arrive, in SQLite's terms: blank text that becomes NULL, a uuid in
 * PostgreSQL's spelling. They are in a temporary database under the table's own name, so that SQLite can evaluate the
 * app's expressions over them.
 */
public final class ArrivingRows implements AutoCloseable {
    private static final int BATCH = 1000;

    private final Connection connection;

    private ArrivingRows(Connection connection) {
        this.connection = connection;
    }

    /** What must be known about a table to know how its rows arrive. */
    public record Arrival(SqliteTable table, TableCensus census, Function<String, TypeMapping> mappings) {}

    /**
     * The rows as they arrive.
     *
     * @param texts the expressions to evaluate: the result has the columns that they name and those of the key
     * @param snapshot where the rows are
     * @return empty if all of those values arrive unchanged, so that the snapshot itself can be used
     */
    public static Optional<ArrivingRows> of(
            Arrival arrival, Collection<String> texts, Connection snapshot, TextEncoding encoding) throws SQLException {
        String all = Ascii.toLowerCase(String.join("\n", texts));
        List<SqliteColumn> read = new ArrayList<>();
        List<SqliteColumn> changing = new ArrayList<>();
        for (SqliteColumn column : arrival.table().columns()) {
            if (!column.hidden() && all.contains(Ascii.toLowerCase(column.name()))) {
                read.add(column);
                if (column.generation().isEmpty()
                        && mayChange(
                                arrival.mappings().apply(column.name()),
                                arrival.census().column(column.name()))) {
                    changing.add(column);
                }
            }
        }
        if (changing.isEmpty() || !changes(arrival, changing, snapshot, encoding)) {
            return Optional.empty();
        }
        boolean computed = read.stream().anyMatch(column -> column.generation().isPresent());
        List<String> key =
                arrival.table().primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of());
        List<SqliteColumn> needed = arrival.table().columns().stream()
                .filter(column -> !column.hidden()
                        && (computed
                                || read.contains(column)
                                || key.stream().anyMatch(name -> Identifiers.same(name, column.name()))))
                .toList();
        Connection own = JDBC.createConnection("jdbc:sqlite:", new Properties());
        try {
            fill(own, arrival, needed, snapshot, encoding);
            return Optional.of(new ArrivingRows(own));
        } catch (SQLException | RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /** Where the rows are. */
    public Connection connection() {
        return connection;
    }

    /** Whether some value of a column may not come back as it is. */
    private static boolean mayChange(TypeMapping mapping, ColumnCensus census) {
        long integers = census.count(StorageClass.INTEGER);
        long reals = census.count(StorageClass.REAL);
        long texts = census.count(StorageClass.TEXT);
        long blobs = census.count(StorageClass.BLOB);
        boolean asItIs = mapping.representation() == Representation.NATIVE
                && !mapping.blankAsNull()
                && mapping.converter().isEmpty()
                && mapping.nul() == NulRemedy.REFUSE
                && mapping.invalidText() == InvalidTextRemedy.REFUSE;
        if (!asItIs) {
            return integers + reals + texts + blobs > 0;
        }
        return switch (mapping.type().kind()) {
            case SMALLINT, INTEGER, BIGINT -> reals + texts + blobs > 0;
            case DOUBLE_PRECISION -> texts + blobs > 0;
            case BOOLEAN -> blobs > 0 || mapping.nonZeroAsTrue();
            case TEXT, VARCHAR -> integers + reals + blobs > 0;
            case BYTEA -> integers + reals + texts > 0;
            case REAL,
                    NUMERIC,
                    CHAR,
                    CITEXT,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMPTZ,
                    INTERVAL,
                    JSON,
                    JSONB,
                    UUID,
                    INET,
                    CIDR,
                    MACADDR,
                    ENUM,
                    ARRAY -> integers + reals + texts + blobs > 0;
        };
    }

    private static boolean changes(
            Arrival arrival, List<SqliteColumn> columns, Connection snapshot, TextEncoding encoding) {
        ValueProof[] proofs = proofs(arrival, columns);
        ValueSlot canonical = new ValueSlot();
        try (RowReader reader = RowReader.open(
                snapshot, RowQuery.all(arrival.table(), names(columns).toList()), encoding)) {
            while (reader.next()) {
                for (int i = 0; i < proofs.length; i++) {
                    if (isChanged(proofs[i], arrival, columns.get(i), reader.slots()[i], canonical)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** A word for a truth value stays one where all are: expressions are translated by what they say of words. */
    private static boolean isChanged(
            ValueProof proof, Arrival arrival, SqliteColumn column, ValueSlot value, ValueSlot canonical) {
        return proof.canonical(value, canonical) == ValueProof.Outcome.NORMALISED
                && (value.storageClass() != StorageClass.TEXT
                        || canonical.storageClass() == StorageClass.NULL
                        || arrival.mappings().apply(column.name()).type().kind() != PgType.Kind.BOOLEAN
                        || !isTextAlone(arrival.census().column(column.name())));
    }

    private static boolean isTextAlone(ColumnCensus census) {
        return census.count(StorageClass.TEXT) == census.values();
    }

    private static ValueProof[] proofs(Arrival arrival, List<SqliteColumn> columns) {
        return columns.stream()
                .map(column -> Proofs.proofFor(arrival.mappings().apply(column.name())))
                .toArray(ValueProof[]::new);
    }

    private static Stream<String> names(List<SqliteColumn> columns) {
        return columns.stream().map(SqliteColumn::name);
    }

    private static void fill(
            Connection own, Arrival arrival, List<SqliteColumn> columns, Connection snapshot, TextEncoding encoding)
            throws SQLException {
        SqliteTable table = arrival.table();
        List<SqliteColumn> plain =
                columns.stream().filter(column -> column.generation().isEmpty()).toList();
        Optional<String> rowid = table.primaryKey().isEmpty() ? Rowid.nameIn(table) : Optional.empty();
        execute(own, "PRAGMA synchronous = OFF");
        execute(
                own,
                "CREATE TABLE main." + SqliteName.quote(table.name()) + "("
                        + columns.stream().map(ArrivingRows::definition).collect(joining(", ")) + ")");
        own.setAutoCommit(false);
        List<String> names = names(plain).toList();
        String list = Stream.concat(rowid.stream(), names.stream().map(SqliteName::quote))
                .collect(joining(", "));
        String marks = String.join(", ", Collections.nCopies(names.size() + (rowid.isPresent() ? 1 : 0), "?"));
        String from = " FROM main." + SqliteName.quote(table.name()) + " NOT INDEXED";
        RowQuery all = RowQuery.of(
                "table " + table.name(), "SELECT " + list + from, names.size() + (rowid.isPresent() ? 1 : 0));
        ValueProof[] proofs = proofs(arrival, plain);
        ValueSlot canonical = new ValueSlot();
        try (RowReader reader = RowReader.open(snapshot, all, encoding);
                PreparedStatement insert = own.prepareStatement("INSERT INTO main." + SqliteName.quote(table.name())
                        + " (" + list + ") VALUES (" + marks + ")")) {
            for (int row = 1; reader.next(); row++) {
                int shift = rowid.isPresent() ? 1 : 0;
                for (int i = 0; i < reader.slots().length; i++) {
                    ValueSlot value = reader.slots()[i];
                    boolean changed =
                            i >= shift && isChanged(proofs[i - shift], arrival, plain.get(i - shift), value, canonical);
                    bind(insert, i + 1, changed ? canonical : value);
                }
                insert.addBatch();
                if (row % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        own.commit();
        own.setAutoCommit(true);
        execute(own, "PRAGMA trusted_schema = OFF");
        execute(own, "PRAGMA query_only = ON");
        ((SQLiteConnection) own).setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
    }

    /** With the affinity and the collation of the column, since the expressions compare by them. */
    private static String definition(SqliteColumn column) {
        String collation = column.source().collation();
        return SqliteName.quote(column.name()) + " "
                + column.source().affinity().name()
                + (Collation.named(collation).isPresent() ? " COLLATE " + collation : "")
                + column.generation()
                        .map(generation -> " GENERATED ALWAYS AS ("
                                + generation.expression().text() + "\n) VIRTUAL")
                        .orElse("");
    }

    private static void bind(PreparedStatement insert, int position, ValueSlot value) throws SQLException {
        switch (value.storageClass()) {
            case NULL -> insert.setObject(position, null);
            case INTEGER -> insert.setLong(position, value.integer());
            case REAL -> insert.setDouble(position, value.real());
            case TEXT -> insert.setString(position, new String(value.bytes(), StandardCharsets.UTF_8));
            case BLOB -> insert.setBytes(position, value.bytes());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
