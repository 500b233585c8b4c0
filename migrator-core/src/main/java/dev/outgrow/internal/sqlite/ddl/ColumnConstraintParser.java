package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.Token.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses what is written after one column and its type. */
final class ColumnConstraintParser {
    private final TokenCursor cursor;
    private final PartParser parts;
    private final ReferenceParser references;
    private final List<ColumnConstraint> constraints = new ArrayList<>();

    ColumnConstraintParser(TokenCursor cursor, PartParser parts, ReferenceParser references) {
        this.cursor = cursor;
        this.parts = parts;
        this.references = references;
    }

    List<ColumnConstraint> constraints() throws DdlSyntaxException {
        Optional<Name> name = Optional.empty();
        while (true) {
            if (cursor.acceptWords("CONSTRAINT")) {
                name = Optional.of(cursor.name());
            } else if (references.atDeferral()) {
                deferLast();
            } else {
                ColumnConstraint constraint = constraint(name);
                if (constraint == null) {
                    return ImmutableList.copyOf(constraints);
                }
                constraints.add(constraint);
                name = Optional.empty();
            }
        }
    }

    /** A deferral belongs to the last foreign key, even if other constraints stand between them. */
    private void deferLast() throws DdlSyntaxException {
        for (int i = constraints.size() - 1; i >= 0; i--) {
            if (constraints.get(i) instanceof ColumnConstraint.ForeignKey key) {
                constraints.set(i, new ColumnConstraint.ForeignKey(key.name(), references.deferred(key.reference())));
                return;
            }
        }
        references.skipDeferral();
    }

    private @Nullable ColumnConstraint constraint(Optional<Name> name) throws DdlSyntaxException {
        if (cursor.acceptWords("PRIMARY", "KEY")) {
            boolean descending = cursor.acceptWords("DESC");
            if (!descending) {
                cursor.acceptWords("ASC");
            }
            Optional<ConflictResolution> conflict = parts.optionalConflict();
            return new ColumnConstraint.PrimaryKey(name, descending, conflict, cursor.acceptWords("AUTOINCREMENT"));
        }
        if (cursor.acceptWords("NOT", "NULL")) {
            return new ColumnConstraint.NotNull(name, parts.optionalConflict(), false);
        }
        if (cursor.acceptWords("NULL")) {
            return new ColumnConstraint.NotNull(name, parts.optionalConflict(), true);
        }
        if (cursor.acceptWords("UNIQUE")) {
            return new ColumnConstraint.Unique(name, parts.optionalConflict());
        }
        if (cursor.acceptWords("CHECK")) {
            return new ColumnConstraint.Check(name, parts.parenthesizedExpression());
        }
        if (cursor.acceptWords("DEFAULT")) {
            return new ColumnConstraint.Default(name, defaultValue());
        }
        if (cursor.acceptWords("COLLATE")) {
            return new ColumnConstraint.Collation(name, cursor.name());
        }
        if (cursor.acceptWords("REFERENCES")) {
            return new ColumnConstraint.ForeignKey(name, references.reference());
        }
        if (cursor.acceptWords("GENERATED", "ALWAYS", "AS") || cursor.acceptWords("AS")) {
            return generated(name);
        }
        return null;
    }

    private ColumnConstraint generated(Optional<Name> name) throws DdlSyntaxException {
        SqlText expression = parts.parenthesizedExpression();
        boolean stored = cursor.acceptWords("STORED");
        if (!stored) {
            cursor.acceptWords("VIRTUAL");
        }
        return new ColumnConstraint.Generated(name, expression, stored);
    }

    private SqlText defaultValue() throws DdlSyntaxException {
        if (cursor.atSymbol("(")) {
            return parts.parenthesizedExpression();
        }
        int start = cursor.mark();
        if (!cursor.acceptSymbol("-")) {
            cursor.acceptSymbol("+");
        }
        if (!cursor.atName() && !isTerm(cursor.peek())) {
            throw cursor.expected("a value");
        }
        cursor.take();
        String text = cursor.textSince(start);
        return DdlParser.defaultValue(text);
    }

    private static boolean isTerm(Token token) {
        return token.kind() == Sort.INTEGER
                || token.kind() == Sort.REAL
                || token.kind() == Sort.BLOB
                || token.isWord("NULL");
    }
}
