package dev.outgrow.typemap;

import java.util.Objects;

/**
 * A PostgreSQL type together with the representation that the app chose in SQLite: all that is needed to convert a value in
 * either direction.
 *
 * @param type the type in PostgreSQL
 * @param representation how SQLite holds the values
 */
public record TypeMapping(PgType type, Representation representation) {
    public TypeMapping {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(representation, "representation");
    }
}
