package dev.outgrow.validate.internal;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table with a column for each type and representation, the same values as literals of both databases, and what each of them
 * may be damaged to: every damage is a value that a careless comparison takes for the same.
 */
final class EveryType {
    /**
     * One column.
     *
     * @param name its name
     * @param declared its declared type in SQLite
     * @param type its type in PostgreSQL
     * @param representation how SQLite holds the value
     * @param sqlite the value as SQLite's SQL writes it
     * @param postgres the value as PostgreSQL's SQL writes it
     * @param damages other values, as PostgreSQL's SQL writes them
     */
    record Column(
            String name,
            String declared,
            PgType type,
            Representation representation,
            String sqlite,
            String postgres,
            List<String> damages) {
        static Column of(
                String name,
                String declared,
                PgType type,
                Representation representation,
                String sqlite,
                String postgres,
                String... damages) {
            return new Column(name, declared, type, representation, sqlite, postgres, List.of(damages));
        }
    }

    static final List<Column> COLUMNS = Stream.of(NumberAndTimeColumns.ALL, TextAndDocumentColumns.ALL)
            .flatMap(List::stream)
            .toList();

    private EveryType() {}

    static TableFixture fixture() {
        TableFixture fixture = TableFixture.table("everything").rowid("id");
        COLUMNS.forEach(it -> fixture.column(it.name(), it.declared(), it.type(), it.representation()));
        return fixture;
    }

    static String[] sqlite() {
        return new String[] {
            COLUMNS.stream()
                    .map(it -> "\"" + it.name() + "\" " + it.declared())
                    .collect(Collectors.joining(", ", "CREATE TABLE everything(id INTEGER PRIMARY KEY, ", ")")),
            insert(1, true),
            insert(2, true),
            insert(3, true)
        };
    }

    static String[] postgres() {
        return new String[] {
            "CREATE EXTENSION citext",
            "CREATE TYPE mood AS ENUM ('fine', 'Fine', 'sad')",
            COLUMNS.stream()
                    .map(it -> "\"" + it.name() + "\" " + it.type().sql())
                    .collect(Collectors.joining(", ", "CREATE TABLE everything(id bigint PRIMARY KEY, ", ")")),
            insert(1, false),
            insert(2, false),
            insert(3, false)
        };
    }

    private static String insert(int id, boolean sqlite) {
        return COLUMNS.stream()
                .map(it -> sqlite ? it.sqlite() : it.postgres())
                .collect(Collectors.joining(", ", "INSERT INTO everything VALUES (" + id + ", ", ")"));
    }
}
