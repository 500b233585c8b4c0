package dev.outgrow.internal.sqlite.ddl;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which collating sequences a statement of the schema names. */
public final class CollationNames {
    /** The ones that every SQLite has. */
    private static final Set<String> BUILT_IN = ImmutableSet.of("BINARY", "NOCASE", "RTRIM");

    private CollationNames() {}

    /** Whether every SQLite has the collating sequence. */
    public static boolean isBuiltIn(String collation) {
        return BUILT_IN.contains(Ascii.toUpperCase(collation));
    }

    /** What stands behind each COLLATE, upper case, apart from SQLite's own; nothing where the text is no SQL of SQLite's. */
    public static Set<String> ofTheApplication(String sql) {
        Set<String> names = new HashSet<>();
        List<Token> tokens;
        try {
            tokens = Tokenizer.tokens(sql);
        } catch (DdlSyntaxException e) {
            return names;
        }
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i - 1).isWord("collate") && !isBuiltIn(tokens.get(i).text())) {
                names.add(Ascii.toUpperCase(tokens.get(i).text()));
            }
        }
        names.remove("");
        return names;
    }
}
