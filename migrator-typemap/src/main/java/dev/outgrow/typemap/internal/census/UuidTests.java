package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.parse.UuidText;

/** The shapes of UUIDs. */
final class UuidTests extends Tests {
    private final Notes notes;

    UuidTests(Notes notes) {
        this.notes = notes;
    }

    @Override
    void integer(long value, RowKey key) {
        notes.note(Trait.NO_UUID, key);
    }

    @Override
    void real(double value, RowKey key) {
        notes.note(Trait.NO_UUID, key);
    }

    @Override
    void text(byte[] text, int start, int end, RowKey key) {
        int digits = UuidText.digits(text, start, end);
        if (digits < 0) {
            notes.note(Trait.NO_UUID, key);
            return;
        }
        notes.note(UuidText.hasHyphens(text, digits) ? Trait.UUID_TEXT : Trait.UUID_HEX, key);
        if (hasLetter(text, digits, end, 'a')) {
            notes.note(Trait.LOWER_CASE, key);
        } else if (hasLetter(text, digits, end, 'A')) {
            notes.note(Trait.UPPER_CASE, key);
        }
        if (digits > start) {
            notes.note(Trait.WRITTEN_OTHERWISE, key);
        }
    }

    private static boolean hasLetter(byte[] text, int start, int end, char first) {
        for (int at = start; at < end; at++) {
            if (text[at] >= first && text[at] < first + 6) {
                return true;
            }
        }
        return false;
    }

    @Override
    void blob(byte[] blob, int start, int end, RowKey key) {
        if (end - start != 16) {
            notes.note(Trait.NO_UUID, key);
            return;
        }
        notes.note(Trait.UUID_BLOB, key);
        boolean ofDotNet = isRandom(blob[start + 7]) && (blob[start + 8] & 0xc0) == 0x80;
        if (!ofDotNet && !isZero(blob, start, end)) {
            notes.note(Trait.NO_DOT_NET_ORDER, key);
        } else if (ofDotNet && !isVersion(blob[start + 6])) {
            notes.note(Trait.DOT_NET_ORDER, key);
        }
    }

    /** Whether a byte has the version of a UUID of random bits in its upper half (RFC 9562): 4 or 7. */
    private static boolean isRandom(byte octet) {
        int version = (octet & 0xff) >> 4;
        return version == 4 || version == 7;
    }

    private static boolean isVersion(byte octet) {
        int version = (octet & 0xff) >> 4;
        return version >= 1 && version <= 8;
    }

    private static boolean isZero(byte[] blob, int start, int end) {
        for (int at = start; at < end; at++) {
            if (blob[at] != 0) {
                return false;
            }
        }
        return true;
    }
}
