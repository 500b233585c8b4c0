package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Decimals, which are numbers or text with so many digits after the point. */
final class DecimalWriting implements Writing {
    /** @param digits after the point of a text; -1 for numbers */
    private record Written(int digits) {}

    private static final Written NUMBER = new Written(-1);

    @Override
    public Object of(ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT) {
            return NUMBER;
        }
        byte[] text = value.bytes();
        int point = -1;
        int digits = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '.') {
                point = i;
            } else if (point >= 0 && text[i] >= '0' && text[i] <= '9') {
                digits++;
            }
        }
        return new Written(digits);
    }

    /** How many digits a library writes depends on the number. */
    @Override
    public int distinct(Map<Object, long[]> seen) {
        return (int) seen.keySet().stream()
                .map(form -> ((Written) form).digits() < 0)
                .distinct()
                .count();
    }

    @Override
    public boolean keeps(Map<Object, long[]> seen, StorageClass storageClass) {
        return ColumnForm.commonest(seen).equals(NUMBER) || storageClass == StorageClass.TEXT;
    }

    @Override
    public void write(Map<Object, long[]> seen, ValueSlot value) {
        Written wanted = (Written) ColumnForm.commonest(seen);
        if (wanted.digits() < 0) {
            return;
        }
        BigDecimal number = switch (value.storageClass()) {
            case INTEGER -> BigDecimal.valueOf(value.integer());
            case REAL -> Double.isFinite(value.real()) ? BigDecimal.valueOf(value.real()) : null;
            case TEXT, BLOB, NULL -> null;
        };
        if (number != null) {
            BigDecimal exact = number.stripTrailingZeros();
            BigDecimal written = exact.scale() < wanted.digits() ? exact.setScale(wanted.digits()) : exact;
            value.setText(written.toPlainString().getBytes(StandardCharsets.US_ASCII));
        }
    }
}
