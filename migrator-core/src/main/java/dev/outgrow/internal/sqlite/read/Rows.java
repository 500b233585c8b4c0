package dev.outgrow.internal.sqlite.read;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.typemap.internal.value.ValueSlot;

/**
 * A cursor over rows. Each value is read by its own storage class, text as its bytes. The slots are overwritten by the next
 * row. Not safe for concurrent use.
 */
public interface Rows extends AutoCloseable {
    /**
     * Reads the next row into the slots.
     *
     * @return whether there was one
     * @throws MigrationException if the file cannot be read, or the thread was interrupted (it stays so)
     */
    boolean next();

    /** The values of the current row, always the same array. */
    ValueSlot[] slots();

    @Override
    void close();

    /** Slots for so many columns. */
    static ValueSlot[] newSlots(int columns) {
        ValueSlot[] slots = new ValueSlot[columns];
        for (int column = 0; column < columns; column++) {
            slots[column] = new ValueSlot();
        }
        return slots;
    }

    /** Ends reading if the thread is interrupted. */
    static void interruptible(String subject) {
        if (Thread.currentThread().isInterrupted()) {
            throw new MigrationException(
                    Reason.INTERRUPTED, "Reading " + subject + " was interrupted.", "call again.", null);
        }
    }
}
