package dev.outgrow.internal.switchover;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.run.MappedTable;
import dev.outgrow.switchover.LateWrites;
import dev.outgrow.typemap.ColumnMapping;
import java.util.List;

/**
 * The late writes of one table on their way: temporary tables hold what its rows are now and what they were, as the target's
 * types have them.
 *
 * @param late the table in SQLite
 * @param mapped how it is mapped
 * @param writes how many rows there are
 */
record CarriedTable(LateTable late, MappedTable mapped, LateWrites.Table writes) {
    /** The names in SQLite of the columns that are copied. */
    List<String> columns() {
        return mapped.copied().stream().map(column -> column.column().name()).toList();
    }

    /** The names in the target of the columns of the key. */
    List<String> key() {
        return late.key().stream()
                .map(column -> mapped.copied().stream()
                        .filter(copied -> copied.column().name().equals(column))
                        .findFirst()
                        .orElseThrow()
                        .targetName())
                .toList();
    }

    /** Whether rows are told apart by a key. */
    boolean keyed() {
        return !late.key().isEmpty();
    }

    /** The names in the target of all columns that are copied, quoted, in a list. */
    String names(String prefix) {
        return mapped.copied().stream()
                .map(ColumnMapping::targetName)
                .map(name -> prefix + Identifier.quote(name))
                .collect(joining(", "));
    }

    /** The condition that two rows have one key. */
    String sameKey(String one, String other) {
        return key().stream()
                .map(name -> one + "." + Identifier.quote(name) + " OPERATOR(pg_catalog.=) " + other + "."
                        + Identifier.quote(name))
                .collect(joining(" AND "));
    }

    /** The condition that two rows are the same; by their text, since not every type can be compared. */
    String same(String one, String other) {
        return mapped.copied().stream()
                .map(ColumnMapping::targetName)
                .map(name -> one + "." + Identifier.quote(name) + "::text IS NOT DISTINCT FROM " + other + "."
                        + Identifier.quote(name) + "::text")
                .collect(joining(" AND "));
    }

    /** The row as one text, which tells it from every other. */
    String text(String of) {
        return mapped.copied().stream()
                .map(ColumnMapping::targetName)
                .map(name -> of + "." + Identifier.quote(name) + "::text")
                .collect(joining(", ", "ROW(", ")::text"));
    }

    /** What an UPDATE sets; empty if the key is all there is. */
    String assignments(String from) {
        return mapped.copied().stream()
                .map(ColumnMapping::targetName)
                .filter(name -> !key().contains(name))
                .map(name -> Identifier.quote(name) + " = " + from + "." + Identifier.quote(name))
                .collect(joining(", "));
    }

    /** The text of a key, as an expression of SQL. */
    String keyText(String of) {
        return key().stream()
                .map(name -> Identifier.literal(name + "=") + " || " + of + "." + Identifier.quote(name) + "::text")
                .collect(joining(" || ', ' || "));
    }
}
