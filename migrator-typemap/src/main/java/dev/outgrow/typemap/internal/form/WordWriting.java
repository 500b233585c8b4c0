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
    private static final List<Words> PAIRS = List.of(
            new Words("false", "true"),
            new Words("f", "t"),
            new Words("no", "yes"),
            new Words("n", "y"),
            new Words("off", "on"),
            new Words("0", "1"));

    private static final Words NUMBERS = new Words("", "");

    private record Words(String no, String yes) {
        boolean has(String word) {
            return word.equals(no) || word.equals(yes);
        }

        Words upper() {
            return new Words(no.toUpperCase(Locale.ROOT), yes.toUpperCase(Locale.ROOT));
        }

        Words capital() {
            return new Words(capital(no), capital(yes));
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
        for (Words pair : PAIRS) {
            for (Words form : List.of(pair, pair.capital(), pair.upper())) {
                if (form.has(word)) {
                    return form;
                }
            }
        }
        return null;
    }

    @Override
    public void write(Map<Object, long[]> seen, ValueSlot value) {
        Words wanted = (Words) ColumnForm.commonest(seen);
        if (value.storageClass() == StorageClass.INTEGER && !wanted.equals(NUMBERS)) {
            value.setText((value.integer() == 0 ? wanted.no() : wanted.yes()).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
