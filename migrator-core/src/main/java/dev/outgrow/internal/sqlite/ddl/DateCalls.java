package dev.outgrow.internal.sqlite.ddl;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.util.List;

/** Calls of SQLite's date and time functions without a time, which mean the present. */
public final class DateCalls {
    /** The functions, and how many arguments come before the time. */
    private static final ImmutableMap<String, Integer> BEFORE =
            ImmutableMap.of("date", 0, "time", 0, "datetime", 0, "julianday", 0, "unixepoch", 0, "strftime", 1);

    private DateCalls() {}

    /** Whether a text has such a call; false if it is not SQL. */
    public static boolean ofThePresent(String sql) {
        List<Token> tokens;
        try {
            tokens = Tokenizer.tokens(sql);
        } catch (DdlSyntaxException noSql) {
            return false;
        }
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Integer before = tokens.get(i).kind() == Token.Sort.WORD
                    ? BEFORE.get(Ascii.toLowerCase(tokens.get(i).text()))
                    : null;
            if (before != null && tokens.get(i + 1).isSymbol("(") && arguments(tokens, i + 2) <= before) {
                return true;
            }
        }
        return false;
    }

    private static int arguments(List<Token> tokens, int from) {
        int depth = 0;
        int commas = 0;
        boolean any = false;
        for (int i = from; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isSymbol(")") && depth == 0) {
                break;
            }
            any = true;
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            commas += token.isSymbol(",") && depth == 0 ? 1 : 0;
        }
        return any ? commas + 1 : 0;
    }
}
