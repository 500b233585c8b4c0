package dev.outgrow.internal.sqlite.catalog;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks SQLite about its schema, each object by a bound name, so that no name needs quoting. */
final class SchemaQueries {
    /** {@code SQLITE_ERROR}: a missing table, function or module, rather than a file that cannot be read. */
    private static final int SQLITE_ERROR = 1;

    private static final int SQLITE_CORRUPT = 11;

    private static final int PRIMARY_RESULT_CODE = 0xff;

    private final Connection connection;

    SchemaQueries(Connection connection) {
        this.connection = connection;
    }

    private static final Pattern DRIVER_WORDS = Pattern.compile("\\[SQLITE_[A-Z_]+] [^(]*\\((.*)\\)", Pattern.DOTALL);

    /** What one row becomes. */
    @FunctionalInterface
    interface RowFunction<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> list(String sql, RowFunction<T> reader, String... arguments) throws SQLException {
        ImmutableList.Builder<T> rows = ImmutableList.builder();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
        }
        return rows.build();
    }

    /** The rows, or none if the object refers to something that does not exist. Damage of the file is still thrown. */
    <T> Optional<List<T>> listIfReadable(String sql, RowFunction<T> reader, String... arguments) throws SQLException {
        return Optional.ofNullable(listOrWhyNot(sql, reader, arguments).rows());
    }

    /**
     * What could be read, or why nothing could.
     *
     * @param rows the rows; null if they cannot be read
     * @param whyNot SQLite's own words, which name things of the schema; empty if there are rows
     */
    record QueryAnswer<T>(@Nullable List<T> rows, String whyNot) {}

    /** The rows, or the reason why they cannot be read. */
    <T> QueryAnswer<T> listOrWhyNot(String sql, RowFunction<T> reader, String... arguments) throws SQLException {
        try {
            return new QueryAnswer<>(list(sql, reader, arguments), "");
        } catch (SQLException e) {
            if ((e.getErrorCode() & PRIMARY_RESULT_CODE) == SQLITE_ERROR) {
                return new QueryAnswer<>(null, words(e));
            }
            throw e;
        }
    }

    /** The driver puts the name and the words of the code before those of the error. */
    private static String words(SQLException e) {
        String message = Strings.nullToEmpty(e.getMessage());
        Matcher own = DRIVER_WORDS.matcher(message);
        return own.matches() ? own.group(1) : message;
    }

    /** Whether a virtual table gives its rows, or says that it has none. */
    boolean givesRows(String table) throws SQLException {
        try {
            list("select 1 from main." + quoted(table) + " limit 1", row -> true);
            return true;
        } catch (SQLException e) {
            int code = e.getErrorCode() & PRIMARY_RESULT_CODE;
            // What the module reports as damage concerns its own content; a damaged file shows elsewhere.
            if (code == SQLITE_ERROR || code == SQLITE_CORRUPT) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Why SQLite refuses a query of all rows of the view; empty if it accepts it. Damage of the file is still thrown.
     */
    String whyUnreadable(String view) throws SQLException {
        return listOrWhyNot("select * from main." + quoted(view) + " limit 0", row -> true)
                .whyNot();
    }

    /** Whether SQLite can compute the column. Damage of the file is still thrown. */
    boolean canReadColumn(String table, String column) throws SQLException {
        String sql = "select t." + quoted(column) + " from main." + quoted(table) + " as t limit 0";
        return listIfReadable(sql, row -> true).isPresent();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    <T> T single(String sql, RowFunction<T> reader) throws SQLException {
        return list(sql, reader).get(0);
    }
}
