package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Booleans, which are 0 and 1 or words in pairs. */
final class WordWriting implements Writing {
    private static final List<WordPair> PAIRS = List.of(
            new WordPair("false", "true"),
            new WordPair("f", "t"),
            new WordPair("no", "yes"),
            new WordPair("n", "y"),
            new WordPair("off", "on"),
            new WordPair("0", "1"));

    private static final WordPair NUMBERS = new WordPair("", "");

    private record WordPair(String no, String yes) {
        boolean has(String word) {
            return word.equals(no) || word.equals(yes);
        }

        WordPair upper() {
            return new WordPair(no.toUpperCase(Locale.ROOT), yes.toUpperCase(Locale.ROOT));
        }

        WordPair capital() {
            return new WordPair(capital(no), capital(yes));
        }

        private static String capital(String word) {
            return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        }
    }

    @Override
    public @Nullable Object of(ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT) {
            return NUMBERS;
        }
        String word = new String(value.bytes(), StandardCharsets.ISO_8859_1).strip();
        for (WordPair pair : PAIRS) {
            for (WordPair form : List.of(pair, pair.capital(), pair.upper())) {
                if (form.has(word)) {
                    return form;
                }
            }
        }
        return null;
    }

    @Override
    public boolean keeps(Map<Object, long[]> seen, StorageClass storageClass) {
        return storageClass != StorageClass.INTEGER
                || ColumnForm.commonest(seen).equals(NUMBERS);
    }

    @Override
    public void write(Map<Object, long[]> seen, ValueSlot value) {
        WordPair wanted = (WordPair) ColumnForm.commonest(seen);
        if (value.storageClass() == StorageClass.INTEGER && !wanted.equals(NUMBERS)) {
            value.setText((value.integer() == 0 ? wanted.no() : wanted.yes()).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
