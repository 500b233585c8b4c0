package dev.outgrow.internal.wayback;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.FullText;
import dev.outgrow.internal.sqlite.catalog.SqliteVirtualTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

/**
 * The virtual tables of a file whose rows do not come from PostgreSQL: an index over the text of another table is
 * rebuilt, and notices say that the others are as they were.
 *
 * @see <a href="https://sqlite.org/fts5.html#the_rebuild_command">SQLite, "SQLite FTS5 Extension", the 'rebuild' command</a>
 */
final class TextIndexes {
    private final Catalog catalog;
    private final Obstacles obstacles;

    TextIndexes(Catalog catalog, Obstacles obstacles) {
        this.catalog = catalog;
        this.obstacles = obstacles;
    }

    /**
     * Handles them.
     *
     * @param carried the names of the tables that were carried back, as {@link Identifiers#key} has them
     * @param changed those of them with changes, likewise
     */
    void follow(Connection file, Set<String> carried, Set<String> changed) throws SQLException {
        for (SqliteVirtualTable table : catalog.virtualTables()) {
            if (carried.contains(Identifiers.key(table.name())) || changed.isEmpty()) {
                continue;
            }
            Optional<String> content = FullText.of(table).flatMap(FullText::content);
            boolean ofAnother = content.filter(name -> !name.isEmpty()).isPresent();
            if (ofAnother && table.readable()) {
                // The content may be a view.
                boolean isTable = catalog.table(content.get()).isPresent();
                if (!isTable || changed.contains(Identifiers.key(content.get()))) {
                    rebuild(file, table);
                }
            } else {
                stale(table, "it is not made of rows that PostgreSQL has");
            }
        }
    }

    private void rebuild(Connection file, SqliteVirtualTable table) throws SQLException {
        String name = SqliteName.quote(table.name());
        try (Statement statement = file.createStatement()) {
            statement.execute("INSERT INTO main." + name + "(" + name + ") VALUES ('rebuild')");
        } catch (SQLException e) {
            if (SqliteFailure.primaryCode(e) != SQLiteErrorCode.SQLITE_ERROR.code) {
                throw e;
            }
            stale(table, "SQLite cannot rebuild it without the application");
        }
    }

    private void stale(SqliteVirtualTable table, String why) {
        obstacles.loss(
                NoticeKind.WAY_BACK.id(table.name()),
                "The virtual table " + table.name() + " (module " + table.module()
                        + ") is as it was in the backup, and other tables have changed: " + why + ".",
                "Let the application build it anew.",
                0,
                List.of());
    }
}
