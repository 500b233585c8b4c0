package dev.outgrow.internal.sqlite.catalog;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.internal.sqlite.catalog.SqliteVirtualTable.ModuleKind;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.Name;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of a full-text table. They name its columns even if its module or its tokenizer is missing. Immutable.
 *
 * @param columns the columns of text, in their order
 * @param content the table whose text is indexed; empty text if none is kept at all; absent if the full-text table
 *     keeps it itself
 * @see <a href="https://sqlite.org/fts5.html">SQLite, "SQLite FTS5 Extension", section 4</a>
 * @see <a href="https://sqlite.org/fts3.html">SQLite, "SQLite FTS3 and FTS4 Extensions", section 6</a>
 */
public record FullText(List<String> columns, Optional<String> content) {
    private static final Set<String> FTS4_OPTIONS = ImmutableSet.of(
            "matchinfo", "prefix", "compress", "uncompress", "order", "content", "languageid", "notindexed");
    private static final String ONLY_COLUMN = "content";

    public FullText {
        columns = ImmutableList.copyOf(columns);
    }

    /** The arguments of that table; empty if it is not a full-text table. */
    public static Optional<FullText> of(SqliteVirtualTable table) {
        if (!table.moduleKind().fullText()) {
            return Optional.empty();
        }
        ImmutableList.Builder<String> columns = ImmutableList.builder();
        Optional<String> content = Optional.empty();
        for (String argument : table.arguments()) {
            Optional<Option> option = option(argument, table.moduleKind());
            if (option.isEmpty()) {
                firstName(argument).ifPresent(columns::add);
            } else if (option.get().key().equals("content")) {
                content = Optional.of(option.get().value());
            }
        }
        List<String> named = columns.build();
        // The column name of FTS3 and FTS4 if none is given.
        boolean nameless = named.isEmpty() && table.moduleKind() != ModuleKind.FTS5;
        return Optional.of(new FullText(nameless ? ImmutableList.of(ONLY_COLUMN) : named, content));
    }

    /** {@code key = value}, the value without its quotes. */
    private record Option(String key, String value) {}

    private static Optional<Option> option(String argument, ModuleKind kind) {
        int equals = argument.indexOf('=');
        String key = Ascii.toLowerCase(
                equals < 0 ? "" : argument.substring(0, equals).strip());
        boolean known = switch (kind) {
            case FTS5 -> !key.isEmpty() && Character.isLetter(key.charAt(0));
            case FTS4 -> FTS4_OPTIONS.contains(key);
            case FTS3, RTREE, RTREE_I32, GEOPOLY, OTHER -> false;
        };
        if (known) {
            String value = argument.substring(equals + 1).strip();
            return Optional.of(new Option(key, firstName(value).orElse(value)));
        }
        boolean tokenizer =
                kind != ModuleKind.FTS5 && Ascii.toLowerCase(argument).startsWith("tokenize");
        boolean wholeWord = tokenizer
                && argument.length() > "tokenize".length()
                && !Character.isLetterOrDigit(argument.charAt("tokenize".length()));
        return wholeWord ? Optional.of(new Option("tokenize", "")) : Optional.empty();
    }

    private static Optional<String> firstName(String argument) {
        try {
            return DdlParser.firstName(argument).map(Name::text);
        } catch (DdlSyntaxException notOfTokens) {
            return Optional.empty();
        }
    }
}
