package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.limits.Limits;
import dev.outgrow.internal.limits.RowTrial;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.plan.RoomNotices;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes and fills {@link ProbeTable}s, and finds refused values of the types that only PostgreSQL can read. */
final class ProbeTables {
    /** Whether a text is a value of a type, and comes back as the same text through the type that carries it. */
    private static final String FITS = """
            CREATE OR REPLACE FUNCTION pg_temp.outgrow_fits(given text, type text, carrier text) RETURNS boolean
            LANGUAGE plpgsql AS $$
            DECLARE
                fits boolean;
            BEGIN
                EXECUTE pg_catalog.format('SELECT $1::%2$s::%1$s::%2$s::text OPERATOR(pg_catalog.=) $1', type, carrier) INTO fits USING given;
                RETURN fits;
            EXCEPTION WHEN OTHERS THEN
                RETURN false;
            END $$""";

    /**
     * Whether a type's input function accepts a text, however it would print it: a converter's way back gets what it
     * prints.
     */
    private static final String TAKEN = """
            CREATE OR REPLACE FUNCTION pg_temp.outgrow_taken(given text, type text) RETURNS boolean
            LANGUAGE plpgsql AS $$
            DECLARE
                taken boolean;
            BEGIN
                EXECUTE pg_catalog.format('SELECT $1::%1$s IS NOT NULL', type) INTO taken USING given;
                RETURN taken;
            EXCEPTION WHEN OTHERS THEN
                RETURN false;
            END $$""";

    private final Connection postgres;
    private final RowSource source;
    private final TableCopier copier;
    private final NoticeBook notices;
    private int made;

    ProbeTables(Connection postgres, RowSource source, NoticeBook notices) {
        this.postgres = postgres;
        this.source = source;
        this.copier = new TableCopier(source, postgres);
        this.notices = notices;
    }

    /**
     * Makes and fills one.
     *
     * @param large columns of the source: only rows with long values in them are taken; none for all rows
     * @return empty if some rows are too big for any table, which a notice then names
     */
    Optional<ProbeTable> fill(ExistingTable table, Set<String> large) throws SQLException {
        String probe = "pg_temp.outgrow_probe_" + ++made;
        List<String> columns = new ArrayList<>();
        List<TargetColumn> computed = new ArrayList<>();
        for (TargetColumn column : table.pair().target().columns()) {
            if (column.generated()) {
                computed.add(column);
            } else {
                columns.add(
                        definition(column, table.pair().toTarget(column.name()).isPresent(), carrier(table, column)));
            }
        }
        List<ColumnMapping> extras =
                Stream.concat(extras(table).stream(), held(table).stream()).toList();
        extras.forEach(extra -> columns.add(Identifier.quote(extra.targetName()) + " "
                + extra.mapping().type().sql()));
        columns.add(ProbeTable.WHOLE + " boolean");
        execute("CREATE TEMPORARY TABLE " + probe.substring("pg_temp.".length()) + " (" + String.join(", ", columns)
                + ") ON COMMIT DROP");
        List<ColumnMapping> copied = Stream.concat(table.copied().stream(), extras.stream())
                .map(ProbeTables::asCarried)
                .toList();
        List<String> names =
                copied.stream().map(column -> column.column().name()).toList();
        SqliteTable rows = table.pair().source();
        if (RowTrial.isNeeded(copied, table.census())) {
            Evidence tooBig = new RowTrial(postgres, source).tooBig(rows, probe, ProbeTable.WHOLE, copied);
            if (tooBig.count() > 0) {
                notices.add(RoomNotices.tooBig(rows.name(), tooBig));
                return Optional.empty();
            }
        }
        RowQuery query = large.isEmpty()
                ? RowQuery.all(rows, names)
                : RowQuery.larger(rows, names, List.copyOf(large), source.encoding(), Limits.SURE_ENTRY_BYTES / 4);
        copier.copyWhatFits(rows, probe, copied, query, ProbeTable.WHOLE);
        Set<String> misfits = new HashSet<>();
        table.copied().stream()
                .filter(column -> !column.misfits().isEmpty())
                .map(ColumnMapping::targetName)
                .forEach(misfits::add);
        ProbeTable filled = new ProbeTable(table, probe, misfits);
        for (ColumnMapping column : table.copied()) {
            if (column.mapping().type().carrier().isPresent()) {
                cast(filled, column);
            }
        }
        new Fillings(postgres, notices).make(filled, extras);
        for (TargetColumn column : computed) {
            compute(filled, column);
        }
        if (table.keptRows() > 0) {
            addKept(filled);
        }
        return Optional.of(filled);
    }

    /** Makes PostgreSQL compute a column; a notice names the rows for which it cannot. */
    private void compute(ProbeTable probe, TargetColumn column) throws SQLException {
        String expression = column.expression().orElseThrow();
        String add = "ALTER TABLE " + probe.name() + " ADD COLUMN " + Identifier.quote(column.name()) + " "
                + column.typeName();
        Evidence failing = probe.failing(
                postgres,
                () -> execute(add + " GENERATED ALWAYS AS (" + expression + ") STORED"),
                "CAST((" + expression + ") AS " + column.typeName() + ")");
        if (failing.count() == 0) {
            return;
        }
        String table = probe.table().pair().source().name();
        notices.add(NoticeDraft.blocker(
                        NoticeKind.GENERATED.id(table, column.name()),
                        "The target cannot compute column " + column.name() + " of "
                                + Amount.of(failing.count(), "row") + " of table " + table + ": its expression fails, "
                                + expression + ".")
                .because("The target cannot compute columns of some rows.")
                .counting(failing.count(), failing.keys())
                .settledBy(Remedy.Kind.FIX_SOURCE, "Shorten or correct the values that it reads in SQLite.")
                .settledBy(
                        Remedy.Kind.FIX_TARGET,
                        "Let the app's migrations compute the column in a way that takes every row."));
        probe.misfits().add(column.name());
        execute(add);
    }

    /** The rows that stay meet the same constraints. */
    private void addKept(ProbeTable probe) throws SQLException {
        TargetTable target = probe.table().pair().target();
        String columns = target.columns().stream()
                .filter(column -> !column.generated())
                .map(column -> Identifier.quote(column.name()))
                .collect(joining(", "));
        execute("INSERT INTO " + probe.name() + " (" + columns + ", " + ProbeTable.WHOLE + ") SELECT " + columns
                + ", true FROM " + (target.kind() == 'r' ? "ONLY " : "")
                + Identifier.qualified(target.schema(), target.name()));
    }

    /** The columns that only expressions read, under names that no column of the target has. */
    private static List<ColumnMapping> extras(ExistingTable table) {
        return table.making().extras().stream()
                .map(extra -> extra.named("outgrow_" + extra.column().name()))
                .toList();
    }

    /** The source's values of the columns that the target computes, except for types that only PostgreSQL reads. */
    private static List<ColumnMapping> held(ExistingTable table) {
        return table.mapping().columns().stream()
                .filter(column -> table.computed().contains(column.targetName())
                        && column.mapping().type().carrier().isEmpty())
                .map(column -> column.named(ProbeTable.HELD + column.targetName()))
                .toList();
    }

    private static ColumnMapping asCarried(ColumnMapping column) {
        return new ColumnMapping(
                column.column(),
                column.targetName(),
                column.mapping()
                        .withType(column.mapping()
                                .type()
                                .carrier()
                                .orElse(column.mapping().type())),
                column.years(),
                column.reason(),
                column.misfits(),
                column.remarks());
    }

    /** The type that carries the values of a column, which a rule's converter may name. */
    private static Optional<PgType> carrier(ExistingTable table, TargetColumn place) {
        return table.copied().stream()
                .filter(column -> column.targetName().equals(place.name()))
                .findFirst()
                .map(column -> column.mapping().type())
                .orElse(place.type())
                .carrier();
    }

    /** The column as it is, without what refuses rows; one that the source does not fill has its default. */
    private static String definition(TargetColumn column, boolean filled, Optional<PgType> carrier) {
        String type = filled ? carrier.map(PgType::sql).orElse(column.baseName()) : column.baseName();
        StringBuilder sql =
                new StringBuilder(Identifier.quote(column.name())).append(' ').append(type);
        column.collation().ifPresent(collation -> sql.append(" COLLATE ").append(collation));
        if (!filled && column.sequence().isEmpty() && column.expression().isPresent()) {
            sql.append(" DEFAULT ").append(column.expression().get());
        }
        return sql.toString();
    }

    /** Names the values that are not of the type, and gives the column its type. */
    private void cast(ProbeTable probe, ColumnMapping column) throws SQLException {
        TargetColumn place =
                probe.table().pair().target().column(column.targetName()).orElseThrow();
        String name = Identifier.quote(place.name());
        String carrier = column.mapping().type().carrier().orElseThrow().sql();
        boolean converted = column.mapping().converter().isPresent();
        execute(converted ? TAKEN : FITS);
        String refused = name + " IS NOT NULL AND NOT pg_temp."
                + (converted ? "outgrow_taken(" : "outgrow_fits(") + name + "::text, "
                + Identifier.literal(place.baseName())
                + (converted ? "" : ", " + Identifier.literal(carrier)) + ")";
        Evidence unfit = probe.rows(postgres, probe.name(), refused);
        if (unfit.count() > 0) {
            misfit(column, unfit);
            probe.misfits().add(place.name());
            execute("UPDATE " + probe.name() + " SET " + name + " = NULL, " + ProbeTable.WHOLE + " = false WHERE "
                    + refused);
        }
        execute("ALTER TABLE " + probe.name() + " ALTER COLUMN " + name + " TYPE " + place.baseName()
                + place.collation().map(collation -> " COLLATE " + collation).orElse("") + " USING CAST(" + name
                + " AS " + place.baseName() + ")");
    }

    private void misfit(ColumnMapping column, Evidence unfit) {
        String subject = column.column().qualifiedName();
        String type = column.mapping().type().sql();
        notices.add(NoticeDraft.blocker(
                        NoticeKind.MISFIT.id(subject),
                        Amount.of(unfit.count(), "value") + " of column " + subject + " cannot be " + type
                                + ": PostgreSQL refuses it, or would write it in another way.")
                .because("Values cannot be " + type + ": PostgreSQL refuses them, or would write them in another way.")
                .counting(unfit.count(), unfit.keys())
                .settledBy(
                        Remedy.Kind.FIX_SOURCE,
                        "Write these values in SQLite as PostgreSQL writes " + type
                                + ", or give a rule a converter that does: .convertedBy(…).")
                .settledBy(new Remedy(
                        Remedy.Kind.ACCEPT,
                        ".accept(" + JavaText.literal(NoticeKind.TYPE.id(subject)) + ")",
                        "Leave the column out.",
                        null)));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = postgres.createStatement()) {
            statement.execute(sql);
        }
    }
}
