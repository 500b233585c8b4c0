package dev.outgrow.internal.plan;

import com.google.common.base.Ascii;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.catalog.SqliteView;
import dev.outgrow.internal.sqlite.ddl.CreateTable;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.Name;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of capital letters in names. PostgreSQL turns a name without quotes into lower case ("Identifiers and
 * Key Words"), so an app that never quotes finds its tables only under lower-case names.
 */
public enum NameCase {
    /** They stay. */
    KEPT,
    /** They become lower case if the text of the schema does not quote the name, as PostgreSQL would read that text. */
    FOLDED;

    /** The name in the target. */
    String of(String name, boolean quoted) {
        return this == KEPT || quoted ? name : Ascii.toLowerCase(name);
    }

    /** The name of a table. */
    String of(SqliteTable table) {
        return this == KEPT
                ? table.name()
                : of(
                        table.name(),
                        statement(table).filter(text -> isQuoted(text.name())).isPresent());
    }

    /** The name of a column of a table. */
    String of(SqliteTable table, String column) {
        return this == KEPT
                ? column
                : of(
                        column,
                        statement(table)
                                .flatMap(text -> text.column(column))
                                .filter(definition -> isQuoted(definition.name()))
                                .isPresent());
    }

    /** The name of a view. */
    String of(SqliteView view) {
        return of(view, view.name());
    }

    /** The name of a view, or of a column of it. */
    String of(SqliteView view, String name) {
        return this == KEPT
                ? name
                : of(
                        name,
                        Pattern.compile("[\"`\\[]" + Pattern.quote(name) + "[\"`\\]]")
                                .matcher(view.sql())
                                .find());
    }

    private static Optional<CreateTable> statement(SqliteTable table) {
        try {
            return Optional.of(DdlParser.table(table.sql()));
        } catch (DdlSyntaxException beyondTheParser) {
            return Optional.empty();
        }
    }

    private static boolean isQuoted(Name name) {
        return name.quoting() != Name.Quoting.NONE;
    }
}
