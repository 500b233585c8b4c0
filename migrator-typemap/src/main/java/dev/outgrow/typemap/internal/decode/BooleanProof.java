package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Booleans back to 0 and 1. */
final class BooleanProof extends TypeProof {
    private static final Set<String> TRUE = Set.of("t", "tr", "tru", "true", "y", "ye", "yes", "on", "1");
    private static final Set<String> FALSE = Set.of("f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0");

    private final boolean nonZeroAsTrue;

    BooleanProof(TypeMapping mapping) {
        super(mapping);
        nonZeroAsTrue = mapping.nonZeroAsTrue();
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return source.storageClass() == StorageClass.INTEGER && source.integer() == target[offset];
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        into.setInteger(target[offset]);
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        return switch (source.storageClass()) {
            case INTEGER -> number(source.integer() == 0, source.integer() == 1, into);
            case REAL -> number(source.real() == 0, source.real() == 1, into);
            case TEXT -> {
                String word = new String(source.bytes(), StandardCharsets.ISO_8859_1)
                        .strip()
                        .toLowerCase(Locale.ROOT);
                yield number(FALSE.contains(word), TRUE.contains(word), into)
                        && (FALSE.contains(word) || TRUE.contains(word));
            }
            case NULL, BLOB -> false;
        };
    }

    private boolean number(boolean zero, boolean one, ValueSlot into) {
        into.setInteger(zero ? 0 : 1);
        return zero || one || nonZeroAsTrue;
    }
}
