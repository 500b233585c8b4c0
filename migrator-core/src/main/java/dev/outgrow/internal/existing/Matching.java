package dev.outgrow.internal.existing;

import dev.outgrow.internal.existing.TablePair.ColumnPair;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.existing.TargetCatalog;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetSequence;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.postgres.existing.TargetTable.Trigger;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds the place in the target of each table and column of the source: by its exact name, else by the only name that
 * differs in case alone. What has no counterpart is named, and stops the run if data would stay behind.
 */
public final class Matching {
    private final TargetCatalog target;
    private final ExistingSchema schema;
    private final Shape shape;
    private final SnapshotQueries source;
    private final NoticeBook notices;
    private final Set<String> fullText;
    private final PlaceRemedies remedies;
    private final Set<String> wanted = new HashSet<>();
    private final List<TablePair> tables = new ArrayList<>();
    private final Map<SqliteTable, TargetSequence> sequences = new LinkedHashMap<>();

    /**
     * A matching.
     *
     * @param shape what the caller says about tables and columns that differ
     * @param fullText tables of the source that are full-text indexes
     */
    public Matching(
            TargetCatalog target,
            ExistingSchema schema,
            Shape shape,
            Set<String> fullText,
            SnapshotQueries source,
            NoticeBook notices) {
        this.target = target;
        this.schema = schema;
        this.shape = shape;
        this.source = source;
        this.notices = notices;
        this.fullText = Set.copyOf(fullText);
        remedies = new PlaceRemedies(schema);
    }

    /** Matches the chosen tables. */
    public Matching match(List<SqliteTable> chosen) {
        Set<String> books = new TreeSet<>();
        Set<TargetTable> taken = new HashSet<>();
        chosen.forEach(table -> wanted.add(shape.tableFor(table.name())));
        for (SqliteTable table : chosen) {
            if (isBook(table)) {
                books.add(table.name());
                continue;
            }
            if (shape.leavesBehind(table.name())) {
                leftBehind(table);
                continue;
            }
            String name = shape.tableFor(table.name());
            Optional<TargetTable> found = named(target.tables(), TargetTable::name, name);
            if (found.isEmpty()) {
                withoutPlace(table);
            } else if (!found.get().isTable()) {
                loss(
                        table,
                        found.get().isForeign()
                                ? "The counterpart of table " + table.name() + " in schema " + schema.name()
                                        + " is a foreign table, or has a partition that is one: what is on another server"
                                        + " is not part of the one transaction."
                                : "Table " + table.name() + " has the name of something in schema " + schema.name()
                                        + " that is not a table.");
            } else if (!taken.add(found.get())) {
                loss(table, "Table " + table.name() + " has the same counterpart as another table of the source.");
            } else {
                renamed(
                        NoticeKind.TABLE.id(table.name()),
                        "Table " + table.name(),
                        name,
                        found.get().name());
                tables.add(new TablePair(table, found.get(), columns(table, found.get())));
            }
        }
        target.tables().stream().filter(this::isBook).map(TargetTable::name).forEach(books::add);
        if (!books.isEmpty()) {
            notices.inform(
                    NoticeKind.BOOKKEEPING.id(String.join(",", books)),
                    "Neither read nor written, since migration tools keep their books there: "
                            + String.join(", ", books) + ".");
        }
        shape.nameUnmatched(chosen, target, notices);
        TargetOnlyTables only = new TargetOnlyTables(tables, shape, source, remedies, notices);
        target.tables().stream()
                .filter(table -> table.isTable() && !taken.contains(table) && !isBook(table))
                .forEach(only::name);
        return this;
    }

    private boolean isBook(SqliteTable table) {
        return schema.isBookkeeping(
                table.name(), table.columns().stream().map(SqliteColumn::name).toList());
    }

    private boolean isBook(TargetTable table) {
        return schema.isBookkeeping(
                table.name(), table.columns().stream().map(TargetColumn::name).toList());
    }

    /** The tables that both sides have. */
    public List<TablePair> tables() {
        return List.copyOf(tables);
    }

    /** Tables of the source that do what a sequence of the same name does in the target. */
    public Map<SqliteTable, TargetSequence> sequences() {
        return sequences;
    }

    private void withoutPlace(SqliteTable table) {
        Optional<String> reader = shape.readerOf(table.name());
        if (reader.isPresent()) {
            notices.warn(
                    NoticeKind.TABLE.id(table.name()),
                    "Table " + table.name() + " has no place in the target; of its "
                            + Amount.of(source.rows(table), "row") + " arrives what the query of table " + reader.get()
                            + " takes from them.",
                    "");
            return;
        }
        Optional<TargetSequence> sequence = named(target.sequences(), TargetSequence::name, table.name());
        if (sequence.isPresent() && table.columns().size() == 1) {
            sequences.put(table, sequence.get());
            notices.inform(
                    NoticeKind.SEQUENCE.id(table.name()),
                    "Table " + table.name() + " counts what sequence "
                            + sequence.get().name()
                            + " counts in the target, which continues after its greatest value.");
            return;
        }
        long rows = source.rows(table);
        if (rows == 0) {
            notices.inform(
                    NoticeKind.TABLE.id(table.name()),
                    "Table " + table.name() + " has no place in the target; it has no rows.");
        } else if (fullText.contains(table.name())) {
            notices.add(NoticeDraft.loss(
                            NoticeKind.TABLE.id(table.name()),
                            "Table " + table.name() + " is a full-text index of SQLite with "
                                    + Amount.of(rows, "document") + ", and has no place in schema " + schema.name()
                                    + ".")
                    .because("Full-text indexes of SQLite have no place in schema " + schema.name() + ".")
                    .settledBy(remedies.option(
                            ".leaveBehind(" + JavaText.literal(table.name()) + ")",
                            "Leave behind what the app can make again from its other tables."))
                    .settledBy(remedies.option(
                            ".fill(\"table\", \"column\", \"to_tsvector(…)\")",
                            "PostgreSQL searches by a tsvector: let the app's migrations make a column of that type, and"
                                    + " say what fills it."))
                    .acceptedTo("Leave it behind."));
        } else {
            loss(
                    table,
                    "Table " + table.name() + " has " + Amount.of(rows, "row") + " and no place in schema "
                            + schema.name() + ".");
        }
    }

    private void loss(SqliteTable table, String message) {
        List<TargetTable> free = target.tables().stream()
                .filter(TargetTable::isTable)
                .filter(place -> wanted.stream().noneMatch(place.name()::equalsIgnoreCase))
                .toList();
        notices.add(remedies.of(table, NoticeDraft.loss(NoticeKind.TABLE.id(table.name()), message), free));
    }

    private void leftBehind(SqliteTable table) {
        notices.warn(
                NoticeKind.TABLE.id(table.name()),
                "Table " + table.name() + " stays behind, as you said, with " + Amount.of(source.rows(table), "row")
                        + ".",
                "");
    }

    private List<ColumnPair> columns(SqliteTable table, TargetTable place) {
        List<ColumnPair> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (SqliteColumn column : table.columns()) {
            if (column.hidden()) {
                continue;
            }
            String subject = table.name() + "." + column.name();
            if (shape.leavesBehind(subject)) {
                notices.warn(
                        NoticeKind.COLUMN.id(subject),
                        "Column " + subject + " stays behind, as you said, with "
                                + Amount.of(source.values(table, column.name()), "value") + ".",
                        "");
                continue;
            }
            String name = shape.columnFor(table.name(), column.name());
            Optional<TargetColumn> found = named(place.columns(), TargetColumn::name, name);
            if (found.isEmpty() || !taken.add(found.get().name())) {
                columnWithoutPlace(table, column, subject, place);
            } else if (notices.leftOut(NoticeKind.TYPE.id(subject)).isPresent()) {
                leftBehind(table, column, subject, found.get());
                taken.remove(found.get().name());
            } else {
                renamed(
                        NoticeKind.COLUMN.id(subject),
                        "Column " + subject,
                        name,
                        found.get().name());
                columns.add(new ColumnPair(column, found.get()));
            }
        }
        List<TargetColumn> alone = place.columns().stream()
                .filter(column -> !taken.contains(column.name()))
                .toList();
        for (TargetColumn column : alone) {
            targetOnly(table, place, column, alone);
        }
        return columns;
    }

    private void columnWithoutPlace(SqliteTable table, SqliteColumn column, String subject, TargetTable place) {
        if (fullText.contains(table.name()) && column.source().rowidAlias()) {
            notices.inform(
                    NoticeKind.COLUMN.id(subject),
                    "The rowid of the full-text table " + table.name()
                            + " has no place in the target, and needs none.");
            return;
        }
        if (shape.fillReads(place.name(), column.name())) {
            notices.inform(
                    NoticeKind.COLUMN.id(subject),
                    "Column " + subject
                            + " has no place of its own in the target: an expression that fills another reads"
                            + " it.");
            return;
        }
        long values = column.generation().isPresent() ? 0 : source.values(table, column.name());
        String id = NoticeKind.COLUMN.id(subject);
        if (values == 0) {
            notices.inform(id, "Column " + subject + " has no place in the target; there is nothing in it to keep.");
        } else {
            notices.add(remedies.of(
                    table,
                    column,
                    NoticeDraft.loss(
                                    id,
                                    "Column " + subject + " has " + Amount.of(values, "value")
                                            + " and no place in the target.")
                            .because("Columns with values have no place in the target.")
                            .counting(values, List.of()),
                    place.columns().stream()
                            .filter(free -> table.columns().stream()
                                    .map(other -> shape.columnFor(table.name(), other.name()))
                                    .noneMatch(free.name()::equalsIgnoreCase))
                            .toList()));
        }
    }

    /** The way out if a value does not fit its column, and nobody can change it. */
    private void leftBehind(SqliteTable table, SqliteColumn column, String subject, TargetColumn place) {
        long values = source.values(table, column.name());
        notices.add(NoticeDraft.loss(
                        NoticeKind.TYPE.id(subject),
                        "Column " + subject + " is left behind with its " + Amount.of(values, "value")
                                + "; its place is a column of type " + place.typeName() + ".")
                .because("Columns are left behind, as you said.")
                .counting(values, List.of())
                .acceptedTo("Leave it behind, and load it by hand afterwards."));
    }

    private void targetOnly(SqliteTable table, TargetTable place, TargetColumn column, List<TargetColumn> alone) {
        String subject = place.name() + "." + column.name();
        Optional<String> fill = shape.fillOf(place.name(), column.name());
        if (fill.isPresent() && !column.generated()) {
            notices.inform(
                    NoticeKind.FILLED.id(subject),
                    "Column " + subject + " of the target is filled with " + fill.get() + ", as you said.");
            return;
        }
        List<String> triggers = fillingTriggers(place, column);
        if (!triggers.isEmpty()
                && !column.generated()
                && !column.identity()
                && column.expression().isEmpty()) {
            filledByTriggers(table, place, column, triggers);
            return;
        }
        if (column.filled()) {
            notices.inform(
                    NoticeKind.COLUMN.id(subject),
                    "Column " + subject + " of the target has no counterpart in the source: each row gets "
                            + (column.generated()
                                    ? "what it is computed from"
                                    : column.expression().isPresent() || column.identity() ? "its default" : "NULL")
                            + ".");
            return;
        }
        long rows = source.rows(table);
        if (rows > 0) {
            NoticeDraft unfit = NoticeDraft.blocker(
                            NoticeKind.NOT_NULL.id(subject),
                            "Column " + subject
                                    + " of the target has no counterpart in the source, is NOT NULL and"
                                    + " has no default, so that "
                                    + (rows == 1 ? "the row does" : "the " + Amount.count(rows) + " rows do")
                                    + " not fit.")
                    .because("Columns of the target are NOT NULL without a default, and the source has none of them.")
                    .counting(rows, List.of());
            notices.add(remedies.of(
                    table,
                    place,
                    column,
                    alone.stream().filter(each -> isWithoutValue(place, each)).toList(),
                    fullText.contains(table.name()) ? remedies.ofIndex(table, column, unfit) : unfit));
        }
    }

    private static List<String> fillingTriggers(TargetTable place, TargetColumn column) {
        return place.triggers().stream()
                .filter(trigger -> trigger.mayFill(column.name()))
                .map(Trigger::name)
                .toList();
    }

    private boolean isWithoutValue(TargetTable place, TargetColumn column) {
        return !column.filled()
                && shape.fillOf(place.name(), column.name()).isEmpty()
                && fillingTriggers(place, column).isEmpty();
    }

    private void filledByTriggers(SqliteTable table, TargetTable place, TargetColumn column, List<String> triggers) {
        String subject = place.name() + "." + column.name();
        List<String> idle = triggers.stream()
                .filter(trigger -> !shape.fires(place.name(), trigger))
                .toList();
        if (idle.isEmpty()) {
            notices.inform(
                    NoticeKind.COLUMN.id(subject),
                    "Column " + subject + " of the target is what trigger " + String.join(", ", triggers)
                            + " makes it during the load, as you said; it is not compared.");
        } else if (source.rows(table) > 0) {
            notices.add(NoticeDraft.loss(
                            NoticeKind.COLUMN.id(subject),
                            "Column " + subject + " of the target has no counterpart in the source. In the app trigger "
                                    + String.join(", ", triggers)
                                    + " fills it, and triggers rest during the load: each row gets NULL.")
                    .because("Triggers that fill columns in the app rest during the load.")
                    .settledBy(remedies.option(
                            ".fire(" + JavaText.literal(place.name()) + ", " + JavaText.literal(idle.get(0)) + ")",
                            "Let the trigger work during the load."))
                    .settledBy(remedies.option(
                            ".fill(" + JavaText.literal(place.name()) + ", " + JavaText.literal(column.name())
                                    + ", \"…\")",
                            "Say what fills the column."))
                    .acceptedTo("Take the rows with NULL."));
        }
    }

    private void renamed(String id, String what, String from, String to) {
        if (!from.equals(to)) {
            notices.inform(id, what + " is matched with " + to + ", whose name differs in case alone.");
        }
    }

    private static <T> Optional<T> named(List<T> all, Function<T, String> name, String wanted) {
        List<T> alike = new ArrayList<>();
        for (T candidate : all) {
            if (name.apply(candidate).equals(wanted)) {
                return Optional.of(candidate);
            }
            if (name.apply(candidate).equalsIgnoreCase(wanted)) {
                alike.add(candidate);
            }
        }
        return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
    }
}
