package dev.outgrow.internal.plan;

import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.limits.Limits;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.catalog.SqliteVirtualTable;
import dev.outgrow.internal.sqlite.catalog.SqliteVirtualTable.ModuleKind;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The virtual tables whose rows can be read: full-text tables with content of their own and R*Trees. Each is migrated
 * as a plain table whose key is its rowid, by which other tables refer to it.
 */
final class VirtualTables {
    private VirtualTables() {}

    /** The virtual tables that are migrated, in the form of ordinary ones. */
    static List<SqliteTable> asTables(Catalog catalog) {
        List<SqliteTable> tables = new ArrayList<>();
        for (SqliteVirtualTable table : catalog.virtualTables()) {
            if (hasRows(table)) {
                tables.add(asTable(table));
            }
        }
        return tables;
    }

    /** Whether it has rows of its own that can be read. */
    static boolean hasRows(SqliteVirtualTable table) {
        ModuleKind kind = table.moduleKind();
        return table.readable()
                && (kind.spatialIndex()
                        || (kind.fullText() && contentOption(table).isEmpty()));
    }

    /** The {@code content=} of a full-text table: another table, or empty for no content. */
    static Optional<String> contentOption(SqliteVirtualTable table) {
        return table.arguments().stream()
                .map(String::strip)
                .filter(argument -> argument.toLowerCase(Locale.ROOT).matches("(?s)content\\s*=.*"))
                .map(argument ->
                        argument.substring(argument.indexOf('=') + 1).strip().replaceAll("^['\"\\[`]|['\"\\]`]$", ""))
                .findFirst();
    }

    private static SqliteTable asTable(SqliteVirtualTable table) {
        List<SqliteColumn> visible =
                table.columns().stream().filter(column -> !column.hidden()).toList();
        List<SqliteColumn> columns = new ArrayList<>();
        if (table.moduleKind().fullText()) {
            boolean taken = visible.stream().anyMatch(column -> Identifiers.same(column.name(), "rowid"));
            columns.add(rowid(table.name(), taken ? "_rowid_" : "rowid"));
            columns.addAll(visible);
        } else {
            columns.add(rowid(table.name(), visible.get(0).name()));
            columns.addAll(visible.subList(1, visible.size()));
        }
        return new SqliteTable(
                table.name(),
                SqliteTable.Owner.ORDINARY,
                "",
                true,
                columns,
                false,
                false,
                Optional.of(new SqlitePrimaryKey(
                        Optional.empty(), List.of(columns.get(0).name()), false, Optional.empty())),
                List.of(),
                List.of(),
                List.of());
    }

    private static SqliteColumn rowid(String table, String name) {
        return new SqliteColumn(
                new SourceColumn(table, name, "INTEGER", Affinity.INTEGER, true, 1, true, false, false, "BINARY"),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** Adds notices about what becomes of every virtual table. */
    static void notices(Catalog catalog, NoticeBook notices) {
        for (SqliteVirtualTable table : catalog.virtualTables()) {
            String id = NoticeKind.VIRTUAL.id(table.name());
            if (hasRows(table)) {
                notices.warn(
                        id,
                        table.moduleKind().fullText()
                                ? "The full-text table " + table.name() + " becomes a plain table with an index over"
                                        + " to_tsvector: MATCH, ranks and snippets are other functions in PostgreSQL."
                                : "The R*Tree " + table.name()
                                        + " becomes a plain table; its coordinates are not indexed.",
                        "Change the queries of the app that use it.");
                continue;
            }
            String why = whyNot(table);
            notices.add(NoticeDraft.loss(
                            id,
                            "The virtual table " + table.name() + " (module " + table.module() + ") does not arrive: "
                                    + why + ".")
                    .because("Virtual tables that do not arrive: " + why + ".")
                    .acceptedTo("Go without, and build what takes its place by hand afterwards."));
        }
    }

    private static String whyNot(SqliteVirtualTable table) {
        Optional<String> content = table.moduleKind().fullText() ? contentOption(table) : Optional.empty();
        if (content.filter(name -> !name.isEmpty()).isPresent()) {
            return "the rows of an index like this are those of table " + content.get() + ", which are migrated";
        }
        // FTS4 refuses to read a table without content at all.
        return table.readable() || content.isPresent()
                ? "it has no content of its own that could be read"
                : "this library does not have its module";
    }

    /** The index of a full-text table over all its columns. */
    static Optional<Statement> textIndex(
            Catalog catalog,
            PlannedColumns columns,
            TableCensus census,
            TargetNames names,
            NoticeBook notices,
            RoomAnswers room) {
        boolean fullText = false;
        for (SqliteVirtualTable table : catalog.virtualTables()) {
            fullText |= table.name().equals(columns.table().name())
                    && table.moduleKind().fullText();
        }
        List<ColumnMapping> all = columns.mapping().columns();
        List<ColumnMapping> texts = all.subList(Math.min(1, all.size()), all.size());
        if (!fullText || texts.isEmpty()) {
            return Optional.empty();
        }
        long longest = texts.stream()
                .mapToLong(
                        column -> census.column(column.column().name()).ranges().largestValue())
                .sum();
        String id = NoticeKind.INDEX.id(columns.table().name());
        Optional<Evidence> tooLong = room.refused(id);
        if (tooLong.isPresent() || (!room.asked() && longest > Limits.DOCUMENT_BYTES)) {
            NoticeDraft draft = NoticeDraft.loss(
                    id,
                    "Table " + columns.table().name() + " holds a document of up to " + longest
                            + " bytes; PostgreSQL's tsvector takes about one million, so that no index is made.");
            tooLong.ifPresent(rows -> draft.counting(rows.count(), rows.keys()));
            notices.add(draft.acceptedTo("Go without, and make an index over a part of the text by hand afterwards."));
            return Optional.empty();
        }
        String document = String.join(
                " || ' ' || ",
                texts.stream()
                        .map(column -> "coalesce(" + Identifier.quote(column.targetName()) + "::text, '')")
                        .toList());
        String name = names.takeMade(columns.targetName(), List.of(), "tsv_idx");
        return Optional.of(new Statement(
                        "index:" + name,
                        "CREATE INDEX " + Identifier.quote(name) + " ON " + Identifier.quote(columns.targetName())
                                + " USING gin (to_tsvector('simple', " + document + "))")
                .doubting(
                        longest > Limits.SURE_DOCUMENT_BYTES
                                ? Optional.of(new Statement.Doubtful(
                                        id,
                                        texts.stream()
                                                .map(column -> column.column().name())
                                                .toList(),
                                        Limits.SURE_DOCUMENT_BYTES))
                                : Optional.empty()));
    }
}
