package dev.outgrow.internal.sqlite.ddl;

import java.util.Optional;

/**
 * An identifier and how it was written. SQLite compares identifiers without regard to the case of the ASCII letters,
 * however they are quoted.
 *
 * @param text the identifier without its quotes
 * @param quoting how it was quoted
 */
public record Name(String text, Quoting quoting) {
    /** The ways to quote an identifier that SQLite knows. */
    public enum Quoting {
        /** {@code name}. */
        NONE,
        /** {@code "name"}; where an expression names no column by that name, SQLite takes it for a string literal. */
        DOUBLE,
        /** {@code [name]}, as in SQL Server. */
        BRACKETS,
        /** {@code `name`}, as in MySQL. */
        BACKTICKS,
        /** {@code 'name'}: a string literal that stands where only an identifier can. */
        SINGLE
    }

    /** The text of a name that may be missing. */
    public static Optional<String> textOf(Optional<Name> name) {
        return name.isPresent() ? Optional.of(name.get().text()) : Optional.empty();
    }

    /** Whether SQLite takes both for the same name. */
    public boolean names(String other) {
        return Identifiers.same(text, other);
    }
}
