package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Values that can be of one storage class or another: numbers as text, text as bytes. */
final class ClassWriting implements Writing {
    @Override
    public Object of(ValueSlot value) {
        return value.storageClass();
    }

    @Override
    public boolean isShownBy(StorageClass storageClass) {
        return true;
    }

    @Override
    public void write(Map<Object, long[]> seen, ValueSlot value) {
        StorageClass wanted = (StorageClass) ColumnForm.commonest(seen);
        switch (wanted) {
            case TEXT -> text(value);
            case BLOB -> {
                if (value.storageClass() == StorageClass.TEXT) {
                    value.setBlob(value.bytes());
                }
            }
            case INTEGER -> {
                if (value.storageClass() == StorageClass.TEXT) {
                    integer(value);
                }
            }
            case REAL, NULL -> {
                // A number is what SQLite's affinity makes of it.
            }
        }
    }

    @Override
    public boolean keeps(Map<Object, long[]> seen, StorageClass storageClass) {
        return storageClass == ColumnForm.commonest(seen);
    }

    private static void text(ValueSlot value) {
        switch (value.storageClass()) {
            case INTEGER -> value.setText(Long.toString(value.integer()).getBytes(StandardCharsets.US_ASCII));
            case BLOB -> {
                if (isText(value.bytes())) {
                    value.setText(value.bytes());
                }
            }
            case REAL, TEXT, NULL -> {
                // A double has no text that is certain to read back to it.
            }
        }
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException bytesAlone) {
            return false;
        }
    }

    private static void integer(ValueSlot value) {
        String text = new String(value.bytes(), StandardCharsets.UTF_8);
        try {
            long number = Long.parseLong(text);
            if (Long.toString(number).equals(text)) {
                value.setInteger(number);
            }
        } catch (NumberFormatException other) {
            // It stays text.
        }
    }
}
