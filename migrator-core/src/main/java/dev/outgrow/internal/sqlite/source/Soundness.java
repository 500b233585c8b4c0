package dev.outgrow.internal.sqlite.source;

import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.SqliteName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;

/**
 * Whether the pages of a database are consistent: SQLite's quick_check. What integrity_check does in addition,
 * comparing each index entry with its row, takes ten to twenty times as long and says nothing about the rows, which are
 * read only from the tables; the indexes are made anew.
 */
final class Soundness {
    /** Findings about values that violate a constraint, which the plan handles: the pages are sound. */
    private static final Pattern ABOUT_VALUES = Pattern.compile(
            "(?s)(NULL value in|CHECK constraint failed in|NUMERIC value in|TEXT value in|non-\\w+ value in) .*");

    /** A full-text module's findings about its index, which is not needed: its rows are in a table of their own. */
    private static final Pattern ABOUT_TEXT_INDEX = Pattern.compile("malformed inverted index for FTS\\d table .*");

    private static final int MOST_FINDINGS = 3;
    private static final int FINDINGS_ASKED = 100;

    private Soundness() {}

    /**
     * What is wrong, in a sentence that names the tables.
     *
     * @return empty if nothing is
     * @throws SQLException if SQLite cannot even begin
     */
    static String findings(Connection connection) throws SQLException {
        List<String> all = everywhere(connection);
        if (all.isEmpty()) {
            return "";
        }
        List<String> tables = damagedTables(connection);
        String where = tables.isEmpty() ? "" : "table " + String.join(", ", tables) + ": ";
        return where + String.join("; ", all.subList(0, Math.min(MOST_FINDINGS, all.size()))) + ".";
    }

    /**
     * A virtual table that has lost one of its own tables ends the check before it begins. The catalog finds out
     * whether its module gives any rows; here the tables are checked one by one.
     */
    private static List<String> everywhere(Connection connection) throws SQLException {
        try {
            return check(connection, Integer.toString(FINDINGS_ASKED));
        } catch (SQLException e) {
            if (SqliteFailure.primaryCode(e) != SQLiteErrorCode.SQLITE_ERROR.code) {
                throw e;
            }
        }
        List<String> all = new ArrayList<>();
        for (String table : tables(connection)) {
            all.addAll(ofTable(connection, table));
        }
        return all;
    }

    /** A row of the schema that gives pages to an object that has none cannot be read. */
    private static List<String> ofTable(Connection connection, String table) throws SQLException {
        try {
            return check(connection, SqliteName.quote(table));
        } catch (SQLException e) {
            if (SqliteFailure.primaryCode(e) != SQLiteErrorCode.SQLITE_ERROR.code) {
                throw e;
            }
            return List.of("what the schema says of it cannot be: " + SqliteFailure.says(e));
        }
    }

    private static List<String> damagedTables(Connection connection) throws SQLException {
        List<String> damaged = new ArrayList<>();
        for (String table : tables(connection)) {
            if (!ofTable(connection, table).isEmpty()) {
                damaged.add(table);
            }
        }
        return damaged;
    }

    private static List<String> tables(Connection connection) {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY rowid")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        } catch (SQLException schemaItself) {
            tables.add("sqlite_schema");
        }
        return tables;
    }

    /** A page can be so damaged that the check itself ends there, after some findings. */
    private static List<String> check(Connection connection, String argument) throws SQLException {
        Set<String> defined = new HashSet<>();
        while (true) {
            try {
                return tryToCheck(connection, argument);
            } catch (SQLException e) {
                Optional<String> function = AppDefinitions.function(connection, e);
                if (function.isEmpty() || !defined.add(function.get())) {
                    throw e;
                }
            }
        }
    }

    private static List<String> tryToCheck(Connection connection, String argument) throws SQLException {
        List<String> findings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(" + argument + ")")) {
            while (rows.next()) {
                String finding = rows.getString(1);
                if (!finding.equals("ok")
                        && !ABOUT_VALUES.matcher(finding).matches()
                        && !ABOUT_TEXT_INDEX.matcher(finding).matches()) {
                    findings.add(finding.replaceAll("\\s+", " ").strip());
                }
            }
        } catch (SQLException e) {
            if (SqliteFailure.primaryCode(e) != SQLiteErrorCode.SQLITE_CORRUPT.code) {
                throw e;
            }
            findings.add(SqliteFailure.says(e));
        }
        return findings;
    }
}
