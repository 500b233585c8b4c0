package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ListMultimap;
import dev.outgrow.internal.limits.EntryTrial;
import dev.outgrow.internal.limits.Limits;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetIndex;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether the indexes of the target accept every row: an entry may be too long, or an expression may fail. */
final class IndexProbe {
    private static final String TRIED = "pg_temp.outgrow_tried";

    /** Comparisons of text, and functions of one text that never fail and never lengthen it. */
    private static final Pattern CASTS = Pattern.compile("::(text|character varying|bpchar)\\b(\\[\\])?");

    private static final Pattern FUNCTIONS = Pattern.compile("\\b(lower|upper|btrim|md5|COALESCE|ANY) ?\\(");
    private static final Pattern HARMLESS = Pattern.compile("(?s)(?!.*\\w\\()[\\w\\s\"'().,=<>!\\[\\]-]*");

    private static final String STORAGE = """
            SELECT a.attname, CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END
              FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid OPERATOR(pg_catalog.=) a.atttypid
             WHERE a.attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(?::pg_catalog.text)
               AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
               AND a.attstorage OPERATOR(pg_catalog.<>) t.typstorage""";

    private final Connection postgres;
    private final ListMultimap<String, TargetIndex> indexes;
    private final NoticeBook notices;

    IndexProbe(Connection postgres, ListMultimap<String, TargetIndex> indexes, NoticeBook notices) {
        this.postgres = postgres;
        this.indexes = indexes;
        this.notices = notices;
    }

    /** Whether some expression of the table may fail, or turn something short into something long. */
    boolean asksEveryRow(ExistingTable table) {
        return indexes.get(table.pair().target().name()).stream()
                        .anyMatch(index -> !allHarmless(index.expressions())
                                || index.columns().stream().anyMatch(column -> isComputed(table, column)))
                || table.pair().target().columns().stream()
                        .filter(TargetColumn::generated)
                        .anyMatch(column ->
                                !allHarmless(List.of(column.expression().orElse(""))));
    }

    /** The columns of the source whose values may be too long together for some index; none if all fit. */
    Set<String> longColumns(ExistingTable table) {
        Set<String> columns = new HashSet<>();
        for (TargetIndex index : indexes.get(table.pair().target().name())) {
            if (isDoubtful(table, index)) {
                read(table, index).forEach(column -> columns.add(column.column().name()));
            }
        }
        return columns;
    }

    private static boolean isComputed(ExistingTable table, String column) {
        return table.pair()
                .target()
                .column(column)
                .filter(found -> found.generated()
                        && !allHarmless(List.of(found.expression().orElse(""))))
                .isPresent();
    }

    private static boolean allHarmless(List<String> expressions) {
        return expressions.stream()
                .map(text ->
                        FUNCTIONS.matcher(CASTS.matcher(text).replaceAll("")).replaceAll(" ("))
                .allMatch(text -> HARMLESS.matcher(text).matches());
    }

    private static boolean isDoubtful(ExistingTable table, TargetIndex index) {
        long longest = read(table, index).stream()
                .mapToLong(column -> size(column)
                        * table.census().column(column.column().name()).ranges().largestValue())
                .sum();
        return !index.method().equals("hash") && longest > Limits.SURE_ENTRY_BYTES;
    }

    /** How many bytes one byte of a value in SQLite may become. */
    private static int size(ColumnMapping column) {
        return switch (column.mapping().type().kind()) {
            case TEXT, VARCHAR, CHAR, CITEXT, BYTEA, ENUM, NUMERIC -> 1;
            case ARRAY, JSON, JSONB -> 4;
            case BOOLEAN,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE_PRECISION,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMPTZ,
                    INTERVAL,
                    UUID,
                    INET,
                    CIDR,
                    MACADDR -> 0;
        };
    }

    /** The copied columns that an index contains or reads. */
    private static List<ColumnMapping> read(ExistingTable table, TargetIndex index) {
        List<String> texts = new ArrayList<>(index.expressions());
        for (String name : index.columns()) {
            table.pair()
                    .target()
                    .column(name)
                    .filter(TargetColumn::generated)
                    .flatMap(TargetColumn::expression)
                    .ifPresent(texts::add);
        }
        return table.copied().stream()
                .filter(column -> index.columns().contains(column.targetName())
                        || texts.stream().anyMatch(text -> text.contains(column.targetName())))
                .toList();
    }

    /** Tries each index that may refuse a row; returns the names of those that do. */
    Set<String> ask(ProbeTable probe) throws SQLException {
        ExistingTable table = probe.table();
        Set<String> refusing = new HashSet<>();
        boolean made = false;
        for (TargetIndex index : indexes.get(table.pair().target().name())) {
            boolean everyRow = !allHarmless(index.expressions())
                    || index.columns().stream().anyMatch(column -> isComputed(table, column));
            if (!everyRow && !isDoubtful(table, index)) {
                continue;
            }
            if (!made) {
                made = true;
                make(probe);
            }
            Evidence refused = new EntryTrial(postgres)
                    .refused(
                            probe.name(),
                            "r." + ProbeTable.WHOLE + (everyRow ? "" : " AND " + isLong(table, index)),
                            TRIED,
                            "CREATE INDEX outgrow_tried_index ON " + TRIED + " " + index.definition(),
                            keyColumns(table));
            if (refused.count() > 0) {
                refusing.add(index.name());
                name(table, index, refused);
            }
        }
        if (made) {
            execute("DROP TABLE " + TRIED);
        }
        return refusing;
    }

    private void make(ProbeTable probe) throws SQLException {
        execute("CREATE TEMPORARY TABLE outgrow_tried (LIKE " + probe.name()
                + " INCLUDING ALL EXCLUDING GENERATED EXCLUDING DEFAULTS)");
        String target = Identifier.qualified(
                probe.table().pair().target().schema(),
                probe.table().pair().target().name());
        try (var statement = postgres.prepareStatement(STORAGE)) {
            statement.setString(1, target);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    execute("ALTER TABLE " + TRIED + " ALTER COLUMN " + Identifier.quote(rows.getString(1))
                            + " SET STORAGE " + rows.getString(2));
                }
            }
        }
    }

    private static String isLong(ExistingTable table, TargetIndex index) {
        return read(table, index).stream()
                        .map(column -> "coalesce(pg_catalog.octet_length(r." + Identifier.quote(column.targetName())
                                + "::text), 0)")
                        .collect(joining(" + ", "(", ")"))
                + " > " + Limits.SURE_ENTRY_BYTES / 4;
    }

    private static List<String> keyColumns(ExistingTable table) {
        List<String> key = table.pair()
                .source()
                .primaryKey()
                .map(SqlitePrimaryKey::columns)
                .orElse(List.of());
        List<String> columns = new ArrayList<>();
        key.forEach(column -> table.pair()
                .fromSource(column)
                .ifPresent(pair -> columns.add(pair.target().name())));
        return columns;
    }

    private void name(ExistingTable table, TargetIndex index, Evidence refused) {
        String source = table.pair().source().name();
        boolean expression = !index.expressions().isEmpty();
        notices.add(NoticeDraft.blocker(
                        NoticeKind.INDEX.id(source, index.name()),
                        Amount.of(refused.count(), "row") + " of table " + source
                                + Amount.verb(refused.count(), " has", " have") + " no place in the index "
                                + index.name()
                                + " of the target (" + index.method() + "): "
                                + (expression
                                        ? "one of its expressions fails, or its entry is too long for PostgreSQL."
                                        : "the entry is too long for PostgreSQL, which takes "
                                                + (index.method().equals("btree")
                                                        ? Limits.ENTRY_BYTES + " bytes."
                                                        : "no more than a part of a page.")))
                .because("Rows have no place in indexes of the target.")
                .counting(refused.count(), refused.keys())
                .settledBy(Remedy.Kind.FIX_SOURCE, "Shorten or correct these values in SQLite.")
                .settledBy(
                        Remedy.Kind.FIX_TARGET,
                        "Let the app's migrations index a part of the value: left(…, 500), or md5(…)."));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = postgres.createStatement()) {
            statement.execute(sql);
        }
    }
}
