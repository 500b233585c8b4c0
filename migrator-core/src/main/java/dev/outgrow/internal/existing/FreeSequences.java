package dev.outgrow.internal.existing;

import dev.outgrow.internal.existing.TablePair.ColumnPair;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.existing.TargetCatalog;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetSequence;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sequences of the target that no default of a column draws from: the app itself does, as Hibernate, or a trigger. They stand where
 * the app's migrations left them, and would give out keys that the rows have. One whose name says whose keys it gives out, and one
 * from which a trigger fills a key, continues after these; of the others the caller is told.
 */
final class FreeSequences {
    /** Hibernate's sequence for all tables that have none of their own. */
    private static final String FOR_ALL = "hibernate_sequence";

    private static final String NEXTVAL = "(?i)nextval\\s*\\(\\s*'([^']+)'(?:::\\w+)?\\s*\\)";

    private final TargetCatalog target;
    private final SequencePlanner planner;
    private final NoticeBook notices;

    FreeSequences(TargetCatalog target, SequencePlanner planner, NoticeBook notices) {
        this.target = target;
        this.planner = planner;
        this.notices = notices;
    }

    /** A column of single keys that nothing in the catalog numbers. */
    private record Key(ExistingTable table, TargetColumn column) {
        TargetTable place() {
            return table.pair().target();
        }

        String name() {
            return place().name() + "." + column.name();
        }

        /** Whether a sequence is named as the ones that frameworks and people make for such a column. */
        boolean names(String sequence) {
            String owner = lower(place().name());
            return List.of(
                            owner + "_seq",
                            owner + "_" + lower(column.name()) + "_seq",
                            owner + "_sequence",
                            "seq_" + owner,
                            "sq_" + owner,
                            "pk_" + owner)
                    .contains(lower(sequence));
        }

        /** Whether a trigger before INSERT sets it to the next value of a sequence, and to nothing made of it. */
        boolean filledFrom(String sequence) {
            String self = "new\\s*\\.\\s*\"?" + Pattern.quote(column.name()) + "\"?";
            List<Pattern> fills = List.of(
                    Pattern.compile("(?i)" + self + "\\s*:?=\\s*(?:coalesce\\s*\\(\\s*" + self + "\\s*,\\s*)?" + NEXTVAL
                            + "\\s*\\)?\\s*;"),
                    Pattern.compile("(?i)select\\s+" + NEXTVAL + "\\s+into\\s+(?:strict\\s+)?" + self));
            return place().triggers().stream()
                    .filter(TargetTable.Trigger::beforeInsert)
                    .flatMap(trigger -> fills.stream().map(pattern -> pattern.matcher(trigger.text())))
                    .filter(Matcher::find)
                    .anyMatch(found -> lower(found.group(1).replace("\"", ""))
                            .matches("(?:.*\\.)?" + Pattern.quote(lower(sequence))));
        }
    }

    /**
     * Moves those that can be told, and names the rest.
     *
     * @param counters those that have continued after a table that counted for them
     */
    void plan(Collection<ExistingTable> tables, Collection<TargetSequence> counters) {
        Set<String> used = new HashSet<>();
        target.tables()
                .forEach(table -> table.columns().forEach(column -> {
                    column.sequence().ifPresent(used::add);
                    column.idleSequence().ifPresent(used::add);
                }));
        counters.forEach(counter -> used.add(counter.sqlName()));
        List<Key> keys = keys(tables);
        for (TargetSequence sequence : target.sequences()) {
            if (!used.contains(sequence.sqlName())) {
                List<Key> owners = owners(sequence, keys);
                if (owners.isEmpty() || !moves(sequence, owners)) {
                    untold(
                            sequence,
                            "No default of a column draws from sequence " + sequence.name()
                                    + " of the target, and nothing says whose keys it gives out.");
                }
            }
        }
        tables.forEach(this::madeOf);
        tables.forEach(this::usedUp);
    }

    /** A sequence whose last value is taken: the app's next INSERT fails. */
    private void usedUp(ExistingTable table) {
        for (TargetColumn column : table.pair().target().columns()) {
            column.sequence()
                    .filter(name -> planner.positions().stream()
                            .anyMatch(position ->
                                    position.exhausted() && position.sqlName().equals(name)))
                    .ifPresent(name -> notices.add(NoticeDraft.warning(
                                    NoticeKind.SEQUENCE.id(table.pair().target().name(), column.name()),
                                    "Column " + table.pair().target().name() + "." + column.name()
                                            + " holds the greatest value that its sequence gives, so that PostgreSQL can"
                                            + " give a new row no other.")
                            .because("Columns hold the greatest value that their sequences give.")
                            .settledBy(
                                    Remedy.Kind.FIX_SOURCE,
                                    "Lower that value in SQLite, or set the sequence by hand afterwards.")));
        }
    }

    /** A default that makes a text of a number: which number the greatest text was made of, only the app knows. */
    private void madeOf(ExistingTable table) {
        for (ColumnPair pair : table.pair().columns()) {
            TargetColumn column = pair.target();
            if (column.type().kind() == PgType.Kind.TEXT || column.type().kind() == PgType.Kind.VARCHAR) {
                column.sequence()
                        .flatMap(name -> target.sequences().stream()
                                .filter(sequence -> sequence.sqlName().equals(name))
                                .findFirst())
                        .ifPresent(sequence -> untold(
                                sequence,
                                "The default of column " + table.pair().target().name() + "." + column.name()
                                        + " makes a text of the next value of sequence " + sequence.name() + "."));
            }
        }
    }

    private static List<Key> keys(Collection<ExistingTable> tables) {
        List<Key> keys = new ArrayList<>();
        for (ExistingTable table : tables) {
            for (TargetColumn column : table.pair().target().columns()) {
                boolean key = table.pair().target().keys().stream()
                        .anyMatch(unique ->
                                unique.predicate().isEmpty() && unique.columns().equals(List.of(column.name())));
                if (key
                        && column.holdsIntegers()
                        && column.sequence().isEmpty()
                        && !column.generated()
                        && table.pair().toTarget(column.name()).isPresent()) {
                    keys.add(new Key(table, column));
                }
            }
        }
        return keys;
    }

    private static List<Key> owners(TargetSequence sequence, List<Key> keys) {
        if (lower(sequence.name()).equals(FOR_ALL)) {
            return keys;
        }
        List<Key> filled =
                keys.stream().filter(key -> key.filledFrom(sequence.name())).toList();
        return filled.isEmpty()
                ? keys.stream().filter(key -> key.names(sequence.name())).toList()
                : filled;
    }

    private boolean moves(TargetSequence sequence, List<Key> owners) {
        if (!owners.stream()
                .allMatch(key -> planner.holds(sequence, key.table.pair(), key.column, key.table.census()))) {
            return false;
        }
        owners.forEach(key -> planner.plan(sequence, key.table.pair(), key.column, key.table.census()));
        notices.inform(
                NoticeKind.SEQUENCE.id(sequence.name()),
                "No default of a column draws from sequence " + sequence.name()
                        + " of the target; by its name, or by a trigger,"
                        + " it gives out the keys of "
                        + String.join(", ", owners.stream().map(Key::name).toList())
                        + ", and continues after the greatest of them.");
        return true;
    }

    private void untold(TargetSequence sequence, String message) {
        notices.add(NoticeDraft.warning(
                        NoticeKind.SEQUENCE.id(sequence.name()), message + " The run leaves it where it stands.")
                .because(
                        "Sequences of the target stay where they stand, since nothing says which values they give out.")
                .settledBy(
                        Remedy.Kind.CHANGE_APP,
                        "If the app draws from it, set it before the app starts on PostgreSQL: SELECT setval('"
                                + sequence.sqlName().replace("'", "''")
                                + "', …), with the greatest value that the rows have."));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
