package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.ddl.Select;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tables and views that a query can name, with the common table expressions around it. Immutable. */
final class Relations {
    private final Map<String, Relation> stored;
    private final Map<String, Select.CommonTable> common;

    Relations(Map<String, Relation> stored, Map<String, Select.CommonTable> common) {
        this.stored = Map.copyOf(stored);
        this.common = Map.copyOf(common);
    }

    Optional<Relation> stored(String name) {
        return Optional.ofNullable(stored.get(Identifiers.key(name)));
    }

    Optional<Select.CommonTable> common(String name) {
        return Optional.ofNullable(common.get(Identifiers.key(name)));
    }

    /** The same with one more common table expression, which hides what had its name. */
    Relations with(Select.CommonTable table) {
        Map<String, Select.CommonTable> more = new HashMap<>(common);
        more.put(Identifiers.key(table.name().text()), table);
        return new Relations(stored, more);
    }

    /** The same with a table of that name, which hides a common table expression. */
    Relations with(Relation relation) {
        Map<String, Relation> more = new HashMap<>(stored);
        more.put(Identifiers.key(relation.name()), relation);
        return new Relations(more, common).without(relation.name());
    }

    /** The same without a common table expression: within itself, its name means what it meant before. */
    Relations without(String name) {
        Map<String, Select.CommonTable> fewer = new HashMap<>(common);
        fewer.remove(Identifiers.key(name));
        return new Relations(stored, fewer);
    }
}
