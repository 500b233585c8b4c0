package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.CreateTrigger.Event;
import dev.outgrow.internal.sqlite.ddl.CreateTrigger.Time;
import dev.outgrow.internal.sqlite.ddl.TokenCursor.QualifiedName;
import java.util.List;
import java.util.Optional;

/** Parses every statement of {@code sqlite_schema} but CREATE TABLE, which {@link CreateTableParser} does. */
final class StatementParser {
    private final TokenCursor cursor;
    private final PartParser parts;

    StatementParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.parts = new PartParser(cursor);
    }

    CreateIndex index() throws DdlSyntaxException {
        cursor.expectWord("CREATE");
        boolean unique = cursor.acceptWords("UNIQUE");
        cursor.expectWord("INDEX");
        Name name = newName().name();
        cursor.expectWord("ON");
        Name table = cursor.name();
        List<IndexedTerm> terms = parts.indexedTerms();
        Optional<SqlText> where = Optional.empty();
        if (cursor.acceptWords("WHERE")) {
            where = Optional.of(parts.expressionToEnd());
        }
        cursor.expectEnd();
        return new CreateIndex(name, unique, table, terms, where);
    }

    CreateView view() throws DdlSyntaxException {
        cursor.expectWord("CREATE");
        acceptTemporary();
        cursor.expectWord("VIEW");
        Name name = newName().name();
        List<Name> columns = cursor.optionalNameList();
        cursor.expectWord("AS");
        int start = cursor.mark();
        Select select = new ExpressionParser(cursor).selects().select();
        String text = cursor.textSince(start);
        cursor.expectEnd();
        return new CreateView(name, columns, select, text);
    }

    CreateTrigger trigger() throws DdlSyntaxException {
        cursor.expectWord("CREATE");
        acceptTemporary();
        cursor.expectWord("TRIGGER");
        Name name = newName().name();
        Time time = time();
        Event event = event();
        List<Name> columns = ImmutableList.of();
        if (event == Event.UPDATE && cursor.acceptWords("OF")) {
            columns = bareNames();
        }
        cursor.expectWord("ON");
        Name table = cursor.qualifiedName().name();
        cursor.acceptWords("FOR", "EACH", "ROW");
        Optional<SqlText> when = Optional.empty();
        if (cursor.acceptWords("WHEN")) {
            int start = cursor.mark();
            Expression condition = new ExpressionParser(cursor).expression();
            when = Optional.of(new SqlText(cursor.textSince(start), Optional.of(condition)));
        }
        int body = cursor.mark();
        cursor.expectWord("BEGIN");
        while (!cursor.atEnd()) {
            cursor.take();
        }
        return new CreateTrigger(name, time, event, columns, table, when, cursor.textSince(body));
    }

    private Time time() throws DdlSyntaxException {
        if (cursor.acceptWords("AFTER")) {
            return Time.AFTER;
        }
        if (cursor.acceptWords("INSTEAD")) {
            cursor.expectWord("OF");
            return Time.INSTEAD_OF;
        }
        cursor.acceptWords("BEFORE");
        return Time.BEFORE;
    }

    private Event event() throws DdlSyntaxException {
        for (Event event : Event.values()) {
            if (cursor.acceptWords(event.name())) {
                return event;
            }
        }
        throw cursor.expected("INSERT, UPDATE or DELETE");
    }

    private List<Name> bareNames() throws DdlSyntaxException {
        ImmutableList.Builder<Name> names = ImmutableList.builder();
        do {
            names.add(cursor.name());
        } while (cursor.acceptSymbol(","));
        return names.build();
    }

    CreateVirtualTable virtualTable() throws DdlSyntaxException {
        cursor.expectWord("CREATE");
        cursor.expectWord("VIRTUAL");
        cursor.expectWord("TABLE");
        Name name = newName().name();
        cursor.expectWord("USING");
        Name module = cursor.name();
        List<String> arguments = cursor.acceptSymbol("(") ? moduleArguments() : ImmutableList.of();
        cursor.expectEnd();
        return new CreateVirtualTable(name, module, arguments);
    }

    private List<String> moduleArguments() throws DdlSyntaxException {
        ImmutableList.Builder<String> arguments = ImmutableList.builder();
        int start = cursor.mark();
        while (!cursor.atSymbol(")")) {
            if (cursor.atEnd()) {
                throw cursor.expected(")");
            }
            if (cursor.atSymbol(",")) {
                arguments.add(cursor.textSince(start));
                cursor.take();
                start = cursor.mark();
            } else if (cursor.take().isSymbol("(")) {
                cursor.skipToClosing();
                cursor.expectSymbol(")");
            }
        }
        String last = cursor.textSince(start);
        cursor.expectSymbol(")");
        return last.isEmpty() ? arguments.build() : arguments.add(last).build();
    }

    private void acceptTemporary() {
        if (!cursor.acceptWords("TEMP")) {
            cursor.acceptWords("TEMPORARY");
        }
    }

    private QualifiedName newName() throws DdlSyntaxException {
        cursor.acceptWords("IF", "NOT", "EXISTS");
        return cursor.qualifiedName();
    }
}
