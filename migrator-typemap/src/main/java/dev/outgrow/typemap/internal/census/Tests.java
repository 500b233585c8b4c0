package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.Trait;

/** The tests that one kind of column asks for; by default none. */
class Tests {
    /** Where traits are counted. */
    @FunctionalInterface
    interface Notes {
        void note(Trait trait, RowKey key);
    }

    void integer(long value, RowKey key) {}

    void real(double value, RowKey key) {}

    void text(byte[] text, int start, int end, RowKey key) {}

    void blob(byte[] blob, int start, int end, RowKey key) {}

    int integerDigits() {
        return 0;
    }

    int scale() {
        return 0;
    }
}
