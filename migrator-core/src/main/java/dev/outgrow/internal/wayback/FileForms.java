package dev.outgrow.internal.wayback;

import dev.outgrow.internal.plan.Meaning;
import dev.outgrow.internal.run.MuteColumns;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.form.ColumnForm;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * In what form the new values of a file's columns are written: that of the column's others, and if it had none, that of the columns
 * that are declared like it.
 */
final class FileForms {
    private final List<ChangedTable> tables;

    FileForms(List<ChangedTable> tables) {
        this.tables = tables;
    }

    /**
     * A column that shows how another one is written.
     *
     * @param name with its table's
     */
    private record Shown(String name, ColumnMapping column, Optional<ColumnForm> form) {}

    /** Lets the columns that had no value follow the others, once all others are learned. */
    void follow() {
        for (ChangedTable table : tables) {
            for (int i : table.muteColumns().toArray()) {
                table.form(i)
                        .ifPresent(form ->
                                likeThem(table, i).forEach(other -> other.form().ifPresent(form::followForm)));
            }
        }
    }

    /** Tells which new values have a form that the app may not have given them. */
    void name(Obstacles obstacles) {
        for (ChangedTable table : tables) {
            if (!table.isChanged()) {
                continue;
            }
            for (String column : table.columnsOfSeveralForms()) {
                obstacles.tell(
                        NoticeKind.FORMS.id(table.name(), column),
                        "The values of column " + table.name() + "." + column
                                + " are written in several forms; new values have the commonest.");
            }
            table.muteColumns().filter(table::isFilled).forEach(column -> nameMute(table, column, obstacles));
        }
    }

    private void nameMute(ChangedTable table, int index, Obstacles obstacles) {
        ColumnMapping column = table.columns().get(index);
        String name = column.column().qualifiedName();
        List<Shown> others = likeThem(table, index);
        obstacles.tell(
                NoticeKind.FORMS.id(table.name(), column.column().name()),
                "Column " + name + " had no value when the file was migrated"
                        + (others.isEmpty()
                                ? ", and nothing shows how the app writes it: new values are written as "
                                        + Meaning.of(column.mapping())
                                        + ". Look whether the app reads them in SQLite as it did in PostgreSQL."
                                : ": new values are written like those of "
                                        + others.get(0).name() + ", which is declared alike."));
    }

    /** The columns that a mute one follows: none if they do not agree with its mapping. */
    private List<Shown> likeThem(ChangedTable table, int index) {
        ColumnMapping column = table.columns().get(index);
        List<Shown> others = shown(Stream.of(table), column);
        if (others.isEmpty()) {
            others = shown(tables.stream(), column);
        }
        boolean agree = others.stream()
                .allMatch(other -> other.column().mapping().representation()
                        == column.mapping().representation());
        return agree ? others : List.of();
    }

    private static List<Shown> shown(Stream<ChangedTable> among, ColumnMapping mute) {
        return among.flatMap(table -> IntStream.range(0, table.columns().size())
                        .filter(i -> !table.table()
                                .mute()
                                .contains(table.columns().get(i).column().name()))
                        .filter(i -> MuteColumns.shows(table.columns().get(i), mute))
                        .mapToObj(i -> new Shown(
                                table.columns().get(i).column().qualifiedName(),
                                table.columns().get(i),
                                table.form(i))))
                .toList();
    }
}
