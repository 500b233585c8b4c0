package dev.outgrow.internal.sqlite.ddl;

import java.util.List;
import java.util.Optional;

/** Parses what is written from REFERENCES on. */
final class ReferenceParser {
    private final TokenCursor cursor;

    ReferenceParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    /** {@code parent (columns) ON … MATCH …}, after the word REFERENCES. */
    Reference reference() throws DdlSyntaxException {
        Name parent = cursor.name();
        List<Name> columns = cursor.optionalNameList();
        Optional<Name> match = Optional.empty();
        while (true) {
            if (cursor.acceptWords("MATCH")) {
                match = Optional.of(cursor.name());
            } else if (cursor.acceptWords("ON", "DELETE")
                    || cursor.acceptWords("ON", "UPDATE")
                    || cursor.acceptWords("ON", "INSERT")) {
                skipAction();
            } else {
                return new Reference(parent, columns, match, false, false);
            }
        }
    }

    private void skipAction() throws DdlSyntaxException {
        boolean known = cursor.acceptWords("SET", "NULL")
                || cursor.acceptWords("SET", "DEFAULT")
                || cursor.acceptWords("CASCADE")
                || cursor.acceptWords("RESTRICT")
                || cursor.acceptWords("NO", "ACTION");
        if (!known) {
            throw cursor.expected("SET NULL, SET DEFAULT, CASCADE, RESTRICT or NO ACTION");
        }
    }

    boolean atDeferral() {
        return cursor.atWord("DEFERRABLE") || cursor.atWords("NOT", "DEFERRABLE");
    }

    /** The reference with the {@code [NOT] DEFERRABLE …} that stands here. */
    Reference deferred(Reference reference) throws DdlSyntaxException {
        boolean deferrable = !cursor.atWord("NOT");
        boolean deferred = skipDeferral();
        return reference.deferred(deferrable, deferrable && deferred);
    }

    /** Steps over a deferral, and says whether it is INITIALLY DEFERRED. */
    boolean skipDeferral() throws DdlSyntaxException {
        cursor.acceptWords("NOT");
        cursor.expectWord("DEFERRABLE");
        if (!cursor.acceptWords("INITIALLY")) {
            return false;
        }
        if (cursor.acceptWords("DEFERRED")) {
            return true;
        }
        cursor.expectWord("IMMEDIATE");
        return false;
    }
}
