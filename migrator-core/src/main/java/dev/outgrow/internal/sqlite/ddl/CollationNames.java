package dev.outgrow.internal.sqlite.ddl;

import com.google.common.base.Ascii;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which collating sequences a statement of the schema names. */
public final class CollationNames {
    private CollationNames() {}

    /** The name after each COLLATE, in upper case, apart from SQLite's own; none if the text is not SQLite's SQL. */
    public static Set<String> ofTheApplication(String sql) {
        Set<String> names = new HashSet<>();
        List<Token> tokens;
        try {
            tokens = Tokenizer.tokens(sql);
        } catch (DdlSyntaxException e) {
            return names;
        }
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i - 1).isWord("collate")
                    && Collation.named(tokens.get(i).text()).isEmpty()) {
                names.add(Ascii.toUpperCase(tokens.get(i).text()));
            }
        }
        names.remove("");
        return names;
    }
}
