package dev.outgrow.internal.late;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.run.MappedTable;
import dev.outgrow.switchover.LateWrites;
import dev.outgrow.typemap.ColumnMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * The late writes of one table while they are carried: temporary tables hold its rows as they are now and as they were,
 * in the target's types.
 *
 * @param late the table in SQLite
 * @param mapped how it is mapped
 * @param writes how many rows there are
 */
public record CarriedTable(LateTable late, MappedTable mapped, LateWrites.Table writes) {
    /** The names in SQLite of the columns that are read. */
    List<String> columns() {
        return mapped.read().stream().map(column -> column.column().name()).toList();
    }

    /** The names in the target of all columns that have a value: those that are copied, and those that expressions fill. */
    private List<String> valued() {
        List<String> names = new ArrayList<>(
                mapped.copied().stream().map(ColumnMapping::targetName).toList());
        names.addAll(mapped.making().fills().keySet());
        return names;
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

    /** Whether rows are identified by a key. */
    public boolean keyed() {
        return !late.key().isEmpty();
    }

    /** The names in the target of all columns that have a value, quoted, in a list. */
    String names(String prefix) {
        return valued().stream().map(name -> prefix + Identifier.quote(name)).collect(joining(", "));
    }

    /** What an INSERT gives them: a default takes the place of NULL, if the caller said so. */
    String values(String from) {
        return valued().stream()
                .map(name -> {
                    String value = from + "." + Identifier.quote(name);
                    String instead = mapped.making().defaults().get(name);
                    return instead == null ? value : "coalesce(" + value + ", " + instead + ")";
                })
                .collect(joining(", "));
    }

    /** The condition that two rows have the same key. */
    String sameKey(String one, String other) {
        return key().stream()
                .map(name -> one + "." + Identifier.quote(name) + " OPERATOR(pg_catalog.=) " + other + "."
                        + Identifier.quote(name))
                .collect(joining(" AND "));
    }

    /**
     * The condition that a row of the target equals one of the source; compared as text, since not every type can be
     * compared. If a default replaced NULL, its value is not known any more.
     *
     * @param target of the target
     * @param source of a temporary table
     */
    String same(String target, String source) {
        return valued().stream()
                .map(name -> {
                    String value = source + "." + Identifier.quote(name);
                    String equal =
                            target + "." + Identifier.quote(name) + "::text IS NOT DISTINCT FROM " + value + "::text";
                    return mapped.making().defaults().containsKey(name)
                            ? "(" + value + " IS NULL OR " + equal + ")"
                            : equal;
                })
                .collect(joining(" AND "));
    }

    /** The row as one text, unique among different rows. */
    String text(String of) {
        return valued().stream()
                .map(name -> of + "." + Identifier.quote(name) + "::text")
                .collect(joining(", ", "ROW(", ")::text"));
    }

    /**
     * The SET list of an UPDATE; empty if there are only key columns. A default that took the place of NULL stays if it
     * is NULL again.
     *
     * @param now the row as it is
     * @param was the row as it was, all NULL if there was none
     */
    String assignments(String now, String was) {
        return valued().stream()
                .filter(name -> !key().contains(name))
                .map(name -> {
                    String column = Identifier.quote(name);
                    String instead = mapped.making().defaults().get(name);
                    return column + " = "
                            + (instead == null
                                    ? now + "." + column
                                    : "CASE WHEN " + now + "." + column + " IS NOT NULL THEN " + now + "." + column
                                            + " WHEN " + was + "." + column + " IS NULL THEN t." + column + " ELSE "
                                            + instead + " END");
                })
                .collect(joining(", "));
    }

    /** The text of a key, as an expression of SQL. */
    String keyText(String of) {
        return key().stream()
                .map(name -> Identifier.literal(name + "=") + " || " + of + "." + Identifier.quote(name) + "::text")
                .collect(joining(" || ', ' || "));
    }
}
