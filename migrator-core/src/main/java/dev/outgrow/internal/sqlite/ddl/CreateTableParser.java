package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.CreateTable.ColumnDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses CREATE TABLE. */
final class CreateTableParser {
    private final TokenCursor cursor;
    private final PartParser parts;
    private final ReferenceParser references;
    private final List<TableConstraint> constraints = new ArrayList<>();

    CreateTableParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.parts = new PartParser(cursor);
        this.references = new ReferenceParser(cursor);
    }

    CreateTable table() throws DdlSyntaxException {
        cursor.expectWord("CREATE");
        if (!cursor.acceptWords("TEMP")) {
            cursor.acceptWords("TEMPORARY");
        }
        cursor.expectWord("TABLE");
        cursor.acceptWords("IF", "NOT", "EXISTS");
        Name name = cursor.qualifiedName().name();
        cursor.expectSymbol("(");
        ImmutableList.Builder<ColumnDefinition> columns = ImmutableList.builder();
        do {
            columns.add(column());
        } while (cursor.acceptSymbol(",") && !atTableConstraint());
        tableConstraints();
        cursor.expectSymbol(")");
        boolean withoutRowid = false;
        boolean strict = false;
        do {
            // An option may be empty.
            if (cursor.acceptWords("WITHOUT", "ROWID")) {
                withoutRowid = true;
            } else if (cursor.acceptWords("STRICT")) {
                strict = true;
            }
        } while (cursor.acceptSymbol(","));
        cursor.expectEnd();
        return new CreateTable(name, columns.build(), constraints, withoutRowid, strict);
    }

    private ColumnDefinition column() throws DdlSyntaxException {
        Name name = cursor.name();
        String type = new TypeNameParser(cursor).columnType();
        return new ColumnDefinition(name, type, new ColumnConstraintParser(cursor, parts, references).constraints());
    }

    private boolean atTableConstraint() {
        return cursor.atWord("CONSTRAINT")
                || cursor.atWord("PRIMARY")
                || cursor.atWord("UNIQUE")
                || cursor.atWord("CHECK")
                || cursor.atWord("FOREIGN");
    }

    /** SQLite does not ask for commas between these. */
    private void tableConstraints() throws DdlSyntaxException {
        Optional<Name> name = Optional.empty();
        while (atTableConstraint()) {
            if (cursor.acceptWords("CONSTRAINT")) {
                name = Optional.of(cursor.name());
            } else {
                constraints.add(tableConstraint(name));
                name = Optional.empty();
            }
            if (cursor.acceptSymbol(",") && !atTableConstraint()) {
                throw cursor.expected("a constraint");
            }
        }
    }

    private TableConstraint tableConstraint(Optional<Name> name) throws DdlSyntaxException {
        if (cursor.acceptWords("PRIMARY", "KEY")) {
            cursor.expectSymbol("(");
            List<IndexedTerm> terms = parts.bareIndexedTerms();
            boolean autoincrement = cursor.acceptWords("AUTOINCREMENT");
            cursor.expectSymbol(")");
            return new TableConstraint.PrimaryKey(name, terms, autoincrement, parts.optionalConflict());
        }
        if (cursor.acceptWords("UNIQUE")) {
            List<IndexedTerm> terms = parts.indexedTerms();
            return new TableConstraint.Unique(name, terms, parts.optionalConflict());
        }
        if (cursor.acceptWords("CHECK")) {
            SqlText condition = parts.parenthesizedExpression();
            parts.optionalConflict();
            return new TableConstraint.Check(name, condition);
        }
        if (cursor.acceptWords("FOREIGN", "KEY")) {
            List<Name> columns = cursor.nameList();
            cursor.expectWord("REFERENCES");
            Reference reference = references.reference();
            if (references.atDeferral()) {
                reference = references.deferred(reference);
            }
            return new TableConstraint.ForeignKey(name, columns, reference);
        }
        throw cursor.expected("a constraint");
    }
}
