package dev.outgrow.internal.sqlite.ddl;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.internal.sqlite.ddl.Name.Quoting;
import dev.outgrow.internal.sqlite.ddl.Token.Sort;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A place in a sequence of tokens, and the questions that every parser asks there. */
final class TokenCursor {
    /**
     * The keywords that are never names unless quoted: those of {@code parse.y} that do not fall back to an identifier.
     * The words of joins are in {@link #JOIN_WORDS}.
     */
    private static final Set<String> RESERVED = ImmutableSet.of(
            "ADD",
            "ALL",
            "ALTER",
            "AND",
            "AS",
            "AUTOINCREMENT",
            "BETWEEN",
            "CASE",
            "CHECK",
            "COLLATE",
            "COMMIT",
            "CONSTRAINT",
            "CREATE",
            "DEFAULT",
            "DEFERRABLE",
            "DELETE",
            "DISTINCT",
            "DROP",
            "ELSE",
            "ESCAPE",
            "EXCEPT",
            "EXISTS",
            "FOREIGN",
            "FROM",
            "GROUP",
            "HAVING",
            "IN",
            "INDEX",
            "INSERT",
            "INTERSECT",
            "INTO",
            "IS",
            "ISNULL",
            "JOIN",
            "LIMIT",
            "NOT",
            "NOTHING",
            "NOTNULL",
            "NULL",
            "ON",
            "OR",
            "ORDER",
            "PRIMARY",
            "REFERENCES",
            "RETURNING",
            "SELECT",
            "SET",
            "TABLE",
            "THEN",
            "TO",
            "TRANSACTION",
            "UNION",
            "UNIQUE",
            "UPDATE",
            "USING",
            "VALUES",
            "WHEN",
            "WHERE");

    /** Names like any other, except if an alias without AS could stand. */
    private static final Set<String> JOIN_WORDS =
            ImmutableSet.of("CROSS", "FULL", "INNER", "LEFT", "NATURAL", "OUTER", "RIGHT", "INDEXED");

    private final String text;
    private final List<Token> tokens;
    private int at;

    TokenCursor(String text) throws DdlSyntaxException {
        this.text = text;
        this.tokens = Tokenizer.tokens(text);
    }

    Token peek() {
        return tokens.get(at);
    }

    /** The token so many places further on; the end, if there are not as many. */
    Token peek(int distance) {
        return tokens.get(Math.min(at + distance, tokens.size() - 1));
    }

    /** The token here, after which the cursor then stands. It never leaves the end. */
    Token take() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean atWord(String keyword) {
        return peek().isWord(keyword);
    }

    boolean atSymbol(String symbol) {
        return peek().isSymbol(symbol);
    }

    boolean atEnd() {
        return peek().kind() == Sort.END;
    }

    /** Whether these keywords stand here, one after the other. */
    boolean atWords(String... keywords) {
        for (int i = 0; i < keywords.length; i++) {
            if (!peek(i).isWord(keywords[i])) {
                return false;
            }
        }
        return true;
    }

    /** Steps over these keywords, if all of them stand here. */
    boolean acceptWords(String... keywords) {
        if (!atWords(keywords)) {
            return false;
        }
        at += keywords.length;
        return true;
    }

    boolean acceptSymbol(String symbol) {
        if (!atSymbol(symbol)) {
            return false;
        }
        at++;
        return true;
    }

    void expectWord(String keyword) throws DdlSyntaxException {
        if (!acceptWords(keyword)) {
            throw expected(keyword);
        }
    }

    void expectSymbol(String symbol) throws DdlSyntaxException {
        if (!acceptSymbol(symbol)) {
            throw expected(symbol);
        }
    }

    /** Makes sure that nothing but a semicolon follows. */
    void expectEnd() throws DdlSyntaxException {
        while (acceptSymbol(";")) {
            // A stored statement may end with one.
        }
        if (!atEnd()) {
            throw expected("the end of the statement");
        }
    }

    DdlSyntaxException expected(String what) {
        return new DdlSyntaxException("Expected " + what, peek().start());
    }

    /** Whether a name can stand here: {@code nm} in SQLite's grammar. */
    boolean atName() {
        return isName(peek());
    }

    static boolean isName(Token token) {
        return switch (token.kind()) {
            case WORD -> !RESERVED.contains(Ascii.toUpperCase(token.text()));
            case DOUBLE_QUOTED, BRACKETED, BACKTICKED, STRING -> true;
            case INTEGER, REAL, BLOB, PARAMETER, SYMBOL, END -> false;
        };
    }

    /** Whether an alias without AS can stand here: {@code ids} in SQLite's grammar. */
    boolean atBareAlias() {
        return atName() && !(peek().kind() == Sort.WORD && JOIN_WORDS.contains(Ascii.toUpperCase(peek().text())));
    }

    Name name() throws DdlSyntaxException {
        if (!atName()) {
            throw expected("a name");
        }
        return nameOf(take());
    }

    static Name nameOf(Token token) {
        Quoting quoting = switch (token.kind()) {
            case DOUBLE_QUOTED -> Quoting.DOUBLE;
            case BRACKETED -> Quoting.BRACKETS;
            case BACKTICKED -> Quoting.BACKTICKS;
            case STRING -> Quoting.SINGLE;
            case WORD, INTEGER, REAL, BLOB, PARAMETER, SYMBOL, END -> Quoting.NONE;
        };
        return new Name(token.text(), quoting);
    }

    /** {@code name} or {@code schema.name}; the schema is the first of the two. */
    QualifiedName qualifiedName() throws DdlSyntaxException {
        Name first = name();
        return acceptSymbol(".")
                ? new QualifiedName(Optional.of(first), name())
                : new QualifiedName(Optional.empty(), first);
    }

    record QualifiedName(Optional<Name> schema, Name name) {}

    /**
     * {@code (a, b, …)}, with the collations and orders that SQLite tolerates in such lists; empty if none stands here.
     */
    List<Name> optionalNameList() throws DdlSyntaxException {
        return atSymbol("(") ? nameList() : ImmutableList.of();
    }

    List<Name> nameList() throws DdlSyntaxException {
        ImmutableList.Builder<Name> names = ImmutableList.builder();
        expectSymbol("(");
        do {
            names.add(name());
            if (acceptWords("COLLATE")) {
                name();
            }
            if (!acceptWords("ASC")) {
                acceptWords("DESC");
            }
        } while (acceptSymbol(","));
        expectSymbol(")");
        return names.build();
    }

    /** The place here, to come back to. */
    int mark() {
        return at;
    }

    void reset(int mark) {
        at = mark;
    }

    /** What is written from the token at the mark to the one before the cursor. */
    String textSince(int mark) {
        return at == mark
                ? ""
                : text.substring(tokens.get(mark).start(), tokens.get(at - 1).end());
    }

    /** What is written since the mark, without the COLLATEs right before the cursor. */
    String textWithoutCollation(int mark) {
        int end = at;
        while (end - mark > 2 && tokens.get(end - 2).isWord("COLLATE")) {
            end -= 2;
        }
        return text.substring(tokens.get(mark).start(), tokens.get(end - 1).end());
    }

    /** Steps to the parenthesis that closes the one before the cursor, and stops before it. */
    void skipToClosing() throws DdlSyntaxException {
        int depth = 0;
        while (depth > 0 || !atSymbol(")")) {
            if (atEnd()) {
                throw expected(")");
            }
            Token token = take();
            if (token.isSymbol("(")) {
                depth++;
            } else if (token.isSymbol(")")) {
                depth--;
            }
        }
    }
}
