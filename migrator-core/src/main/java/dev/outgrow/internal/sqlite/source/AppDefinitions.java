package dev.outgrow.internal.sqlite.source;

import dev.outgrow.internal.sqlite.ddl.CollationNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.Collation;
import org.sqlite.Function;

/**
 * Replaces functions and collating sequences that the application defines in its own connections and that its schema
 * uses: without them SQLite refuses to read some tables at all. These replacements do not know the application's order,
 * so no query may look anything up by them or rely on an index sorted by them.
 */
final class AppDefinitions {
    /** What SQLite says of a function that it does not have, when it prepares a statement and when it checks a constraint. */
    private static final Pattern NO_FUNCTION = Pattern.compile("(?:no such function: |unknown function: )([^()\\s]+)");

    /** Innocuous and deterministic, as SQLite's header defines them: otherwise an untrusted schema may not use it. */
    private static final int HARMLESS = 0x200000 | Function.FLAG_DETERMINISTIC;

    private AppDefinitions() {}

    /** Defines the collating sequences that the schema names and SQLite does not have: byte by byte. */
    static void collations(Connection connection) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT sql FROM sqlite_schema WHERE lower(sql) LIKE '%collate%'")) {
            while (rows.next()) {
                names.addAll(CollationNames.ofTheApplication(rows.getString(1)));
            }
        }
        for (String name : names) {
            Collation.create(connection, name, new ByteOrder());
        }
    }

    /**
     * Defines the function whose absence made a statement fail: it returns NULL, with which every CHECK passes.
     *
     * @return its name; empty if the statement failed for another reason
     */
    static Optional<String> function(Connection connection, SQLException failure) throws SQLException {
        Matcher lack = NO_FUNCTION.matcher(String.valueOf(failure.getMessage()));
        if (!lack.find()) {
            return Optional.empty();
        }
        Function.create(connection, lack.group(1), new Unknown(), -1, HARMLESS);
        return Optional.of(lack.group(1));
    }

    private static final class ByteOrder extends Collation {
        @Override
        protected int xCompare(String one, String other) {
            return one.compareTo(other);
        }
    }

    private static final class Unknown extends Function {
        @Override
        protected void xFunc() throws SQLException {
            result();
        }
    }
}
