package dev.outgrow.internal.existing;

import com.google.common.base.Ascii;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.existing.TargetCatalog;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether the books of migration tools on both sides say that the two schemas are of one version of the app. If a
 * tool's entries have the same names on every database, the books must be equal; otherwise entries that only one side
 * has after all common ones mean two versions, and other differences are shown.
 */
final class BooksAgree {
    private static final int MOST_NAMED = 8;

    /** The number of the migration within its folder; there may be one folder for each database. */
    private static final Pattern NUMBER = Pattern.compile("\\d{1,8}");

    private static final String READABLE = """
            SELECT pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
                   pg_catalog.row_security_active(c.oid)
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')""";

    private final Connection sqlite;
    private final Connection postgres;
    private final ExistingSchema schema;
    private final NoticeBook notices;

    /** A comparison over a session of each side. */
    BooksAgree(Connection sqlite, Connection postgres, ExistingSchema schema, NoticeBook notices) {
        this.sqlite = sqlite;
        this.postgres = postgres;
        this.schema = schema;
        this.notices = notices;
    }

    /** Adds notices about what the books say. */
    void name(Catalog source, TargetCatalog target) throws SQLException {
        for (SqliteTable table : source.tables()) {
            List<String> columns =
                    table.columns().stream().map(SqliteColumn::name).toList();
            Optional<TargetTable> there = target.tables().stream()
                    .filter(TargetTable::isTable)
                    .filter(candidate -> Ascii.equalsIgnoreCase(candidate.name(), table.name()))
                    .findFirst();
            Optional<Book> book = Book.of(table.name(), columns);
            if (book.isEmpty() || !schema.isBookkeeping(table.name(), columns)) {
                continue;
            }
            if (book.get().home().isPresent()) {
                elsewhere(book.get(), table.name(), book.get().home().get());
                continue;
            }
            if (there.isEmpty()) {
                continue;
            }
            List<String> theirs =
                    there.get().columns().stream().map(TargetColumn::name).toList();
            if (Book.of(there.get().name(), theirs).equals(book)) {
                Set<String> entries = entries(book.get(), sqlite, "main." + SqliteName.quote(table.name()));
                compareIfThere(
                        book.get(),
                        table.name(),
                        entries,
                        there.get().schema(),
                        there.get().name());
            }
        }
    }

    /** Compares with a book that is kept in a schema of the tool's own. */
    private void elsewhere(Book book, String table, String home) throws SQLException {
        Set<String> source = entries(book, sqlite, "main." + SqliteName.quote(table));
        if (compareIfThere(book, table, source, home, book.table())) {
            return;
        }
        String name = Identifier.qualified(home, book.table());
        notices.add(NoticeDraft.loss(
                        NoticeKind.MIGRATIONS.id(table),
                        "The target has no book of " + book.tool() + ", which looks for table " + name
                                + " there: the app would run its migrations again. The source has "
                                + applied(source.size()) + ".")
                .settledBy(Remedy.Kind.FIX_TARGET, "Let the app's own migrations make the schema, which fill the book.")
                .acceptedTo("Go without a book."));
    }

    /**
     * Compares with a book of the target, which another role may own.
     *
     * @param table the name of the source's book
     * @return whether the target has it
     */
    private boolean compareIfThere(Book book, String table, Set<String> source, String schemaName, String name) {
        String qualified = Identifier.qualified(schemaName, name);
        try (PreparedStatement statement = postgres.prepareStatement(READABLE)) {
            statement.setString(1, schemaName);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                if (!row.getBoolean(1)) {
                    unread(
                            book,
                            table,
                            qualified,
                            "the role lacks the right",
                            "Give the role SELECT on the table and USAGE on its schema");
                } else if (row.getBoolean(2)) {
                    unread(
                            book,
                            table,
                            qualified,
                            "row-level security may hide rows of it from the role",
                            "Plan with a role that row-level security does not concern (BYPASSRLS)");
                } else {
                    compare(book, table, source, entries(book, postgres, qualified));
                }
                return true;
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "reading table " + qualified + " of the target");
        }
    }

    /** What was not compared may still be right. */
    private void unread(Book book, String table, String qualified, String why, String remedy) {
        notices.warn(
                NoticeKind.MIGRATIONS.id(table),
                "The book of " + book.tool() + " in the target, table " + qualified + ", could not be read: " + why
                        + ". Whether both schemas are of one version of the app was not compared.",
                remedy + ", or make sure that both schemas were made by one version of the app.");
    }

    /** The applied migrations of a book, in its order. */
    private static Set<String> entries(Book book, Connection connection, String table) throws SQLException {
        Set<String> entries = new LinkedHashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
            while (row.next()) {
                Map<String, String> values = new HashMap<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    String value = row.getString(i);
                    if (value != null) {
                        values.put(Ascii.toLowerCase(row.getMetaData().getColumnName(i)), value);
                    }
                }
                book.entry().apply(values).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private void compare(Book book, String table, Set<String> source, Set<String> target) {
        String id = NoticeKind.MIGRATIONS.id(table);
        String what = "The book of " + book.tool() + ", table " + table + ",";
        if (source.equals(target)) {
            notices.inform(
                    id,
                    what + " says the same on both sides: " + applied(source.size())
                            + ". The schemas are of one version" + " of the app.");
        } else if (target.isEmpty()) {
            notices.add(NoticeDraft.loss(
                            id,
                            what
                                    + " is empty in the target, whose tables are there: the app would run its migrations again."
                                    + " The source has " + applied(source.size()) + ".")
                    .settledBy(
                            Remedy.Kind.FIX_TARGET,
                            "Let the app's own migrations make the schema, which fill the book.")
                    .settledBy(new Remedy(
                            Remedy.Kind.OPTION,
                            ".into(TargetSchema.existing(" + JavaText.literal(schema.name()) + ").notBookkeeping("
                                    + JavaText.literal(table) + "))",
                            "Take the source's book along, if its entries mean the same in the target.",
                            null))
                    .acceptedTo("Leave the book empty."));
        } else {
            differ(book, id, what, source, target);
        }
    }

    private void differ(Book book, String id, String what, Set<String> source, Set<String> target) {
        List<String> onlySource = without(source, target);
        List<String> onlyTarget = without(target, source);
        String difference = what + " differs: " + (source.size() - onlySource.size()) + " of "
                + applied(source.size()) + " in the source and " + target.size() + " in the target are the same. "
                + only("source", onlySource) + only("target", onlyTarget);
        boolean versions =
                book.alike() || behind(source, onlySource, onlyTarget) || behind(target, onlyTarget, onlySource);
        if (versions) {
            notices.add(NoticeDraft.loss(id, difference.strip() + " The two schemas are not of one version of the app.")
                    .settledBy(
                            Remedy.Kind.CHANGE_APP,
                            "Start the version of the app that the target was made with on SQLite, or let it migrate the"
                                    + " target, so that both are of one version.")
                    .acceptedTo("Go on, if you know that both are of one version."));
        } else {
            notices.warn(
                    id,
                    difference.strip() + " " + book.tool()
                            + " may have other migrations for each database, so that this says nothing certain.",
                    "Make sure that both schemas were made by one version of the app.");
        }
    }

    /**
     * Whether one side only goes on where the other stops: everything that it alone has is newer than everything that
     * both have.
     */
    private static boolean behind(Set<String> all, List<String> alone, List<String> otherAlone) {
        if (!otherAlone.isEmpty() || alone.size() == all.size()) {
            return false;
        }
        List<String> ordered = new ArrayList<>(all);
        return ordered.subList(ordered.size() - alone.size(), ordered.size()).equals(alone)
                && alone.stream().noneMatch(entry -> NUMBER.matcher(entry).matches());
    }

    private static List<String> without(Set<String> all, Set<String> other) {
        return all.stream().filter(entry -> !other.contains(entry)).toList();
    }

    private static String applied(int count) {
        return count == 1 ? "1 entry" : count + " entries";
    }

    private static String only(String side, List<String> entries) {
        if (entries.isEmpty()) {
            return "";
        }
        return "Only the " + side + " has "
                + String.join(", ", entries.subList(0, Math.min(MOST_NAMED, entries.size())))
                + (entries.size() > MOST_NAMED ? " and " + (entries.size() - MOST_NAMED) + " more" : "") + ". ";
    }
}
