package dev.outgrow.internal.sqlite.ddl;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.Token.Sort;
import java.util.List;

/**
 * Cuts SQL into tokens exactly as SQLite's {@code tokenize.c} does; white space and comments are left out. Takes time
 * linear in the length of the text.
 */
final class Tokenizer {
    private static final String DIGITS = "0123456789";
    private static final CharacterSet DIGIT = CharacterSet.of(DIGITS);
    private static final CharacterSet HEX_DIGIT = CharacterSet.of(DIGITS + "abcdefABCDEF");

    /** Every character outside ASCII may stand in a name. */
    private static final CharacterSet NAME_PART =
            CharacterSet.withAllOthers(DIGITS + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$");

    private static final CharacterSet SPACE = CharacterSet.of(" \t\n\u000b\f\r");
    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final List<String> LONG_SYMBOLS =
            ImmutableList.of("->>", "->", "==", "<=", "<>", "<<", ">=", ">>", "!=", "||");
    private static final CharacterSet SHORT_SYMBOL = CharacterSet.of("()*,;./%+-=<>|&~");

    private final String text;
    private final ImmutableList.Builder<Token> tokens = ImmutableList.builder();
    private int at;

    private Tokenizer(String text) {
        this.text = text;
    }

    /**
     * The tokens of the text, the last of which is {@link Sort#END}.
     *
     * @throws DdlSyntaxException if something in it is not a token of SQLite
     */
    static List<Token> tokens(String text) throws DdlSyntaxException {
        return new Tokenizer(text).all();
    }

    private List<Token> all() throws DdlSyntaxException {
        skipBlank();
        while (at < text.length()) {
            next();
            skipBlank();
        }
        tokens.add(new Token(Sort.END, text.length(), text.length(), ""));
        return tokens.build();
    }

    private void skipBlank() {
        while (at < text.length()) {
            if (SPACE.has(text.charAt(at)) || text.charAt(at) == BYTE_ORDER_MARK) {
                at++;
            } else if (text.startsWith("--", at)) {
                at = endOr(text.indexOf('\n', at), 1);
            } else if (text.startsWith("/*", at) && at + 2 < text.length()) {
                at = endOr(text.indexOf("*/", at + 2), 2);
            } else {
                return;
            }
        }
    }

    private int endOr(int found, int length) {
        return found < 0 ? text.length() : found + length;
    }

    private void next() throws DdlSyntaxException {
        char first = text.charAt(at);
        char second = charAt(at + 1);
        if (first == '\'') {
            quoted(Sort.STRING, first);
        } else if (first == '"') {
            quoted(Sort.DOUBLE_QUOTED, first);
        } else if (first == '`') {
            quoted(Sort.BACKTICKED, first);
        } else if (first == '[') {
            bracketed();
        } else if (DIGIT.has(first) || (first == '.' && DIGIT.has(second))) {
            number();
        } else if ((first == 'x' || first == 'X') && second == '\'') {
            blob();
        } else if (first == '?' || first == ':' || first == '@' || first == '#' || first == '$') {
            parameter();
        } else if (NAME_PART.has(first)) {
            int start = at;
            at = endOfRun(NAME_PART, at);
            add(Sort.WORD, start, text.substring(start, at));
        } else {
            symbol();
        }
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private int endOfRun(CharacterSet matcher, int from) {
        int end = from;
        while (end < text.length() && matcher.has(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private void add(Sort kind, int start, String content) {
        tokens.add(new Token(kind, start, at, content));
    }

    private void quoted(Sort kind, char quote) throws DdlSyntaxException {
        int start = at;
        StringBuilder content = new StringBuilder();
        int from = at + 1;
        while (true) {
            int end = text.indexOf(quote, from);
            if (end < 0) {
                throw new DdlSyntaxException("A quote " + quote + " is never closed", start);
            }
            content.append(text, from, end);
            if (charAt(end + 1) != quote) {
                at = end + 1;
                add(kind, start, content.toString());
                return;
            }
            content.append(quote);
            from = end + 2;
        }
    }

    private void bracketed() throws DdlSyntaxException {
        int start = at;
        int end = text.indexOf(']', at);
        if (end < 0) {
            throw new DdlSyntaxException("A bracket [ is never closed", start);
        }
        at = end + 1;
        add(Sort.BRACKETED, start, text.substring(start + 1, end));
    }

    private void number() throws DdlSyntaxException {
        int start = at;
        Sort kind = Sort.INTEGER;
        if (text.charAt(at) == '0' && Ascii.toLowerCase(charAt(at + 1)) == 'x' && HEX_DIGIT.has(charAt(at + 2))) {
            at = digits(HEX_DIGIT, at + 2);
        } else {
            at = digits(DIGIT, at);
            if (charAt(at) == '.') {
                kind = Sort.REAL;
                at = digits(DIGIT, at + 1);
            }
            int exponent = exponentDigits();
            if (exponent > 0) {
                kind = Sort.REAL;
                at = digits(DIGIT, exponent);
            }
        }
        if (at < text.length() && NAME_PART.has(text.charAt(at))) {
            throw new DdlSyntaxException("A number runs into a name", start);
        }
        add(kind, start, text.substring(start, at).replace("_", ""));
    }

    /** The end of a run of digits, each of which may be set apart from the next by one underscore. */
    private int digits(CharacterSet digit, int from) {
        int end = endOfRun(digit, from);
        while (end > from && charAt(end) == '_' && digit.has(charAt(end + 1))) {
            end = endOfRun(digit, end + 1);
        }
        return end;
    }

    private int exponentDigits() {
        if (Ascii.toLowerCase(charAt(at)) != 'e') {
            return -1;
        }
        int from = charAt(at + 1) == '+' || charAt(at + 1) == '-' ? at + 2 : at + 1;
        return DIGIT.has(charAt(from)) ? from : -1;
    }

    private void blob() throws DdlSyntaxException {
        int start = at;
        int end = endOfRun(HEX_DIGIT, at + 2);
        if (charAt(end) != '\'' || (end - start) % 2 != 0) {
            throw new DdlSyntaxException("A blob literal is malformed", start);
        }
        at = end + 1;
        add(Sort.BLOB, start, Ascii.toLowerCase(text.substring(start + 2, end)));
    }

    private void parameter() throws DdlSyntaxException {
        int start = at;
        at = endOfRun(NAME_PART, at + 1);
        if (at == start + 1 && text.charAt(start) != '?') {
            throw new DdlSyntaxException("No token of SQL begins with " + text.charAt(start), start);
        }
        add(Sort.PARAMETER, start, text.substring(start, at));
    }

    private void symbol() throws DdlSyntaxException {
        int start = at;
        for (String symbol : LONG_SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                add(Sort.SYMBOL, start, symbol);
                return;
            }
        }
        if (!SHORT_SYMBOL.has(text.charAt(at))) {
            throw new DdlSyntaxException("No token of SQL begins with this character", start);
        }
        at++;
        add(Sort.SYMBOL, start, text.substring(start, at));
    }
}
