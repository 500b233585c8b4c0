package dev.outgrow.command;

import java.io.Serial;

/** Something in a file of rules that cannot be understood, and where. */
final class RulesFileFault extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    RulesFileFault(String place, String what) {
        super(place + ": " + what + ".");
    }

    /** A fault in a part of the file. */
    static RulesFileFault at(JsonPart part, String what) {
        return new RulesFileFault(part.place(), what);
    }
}
