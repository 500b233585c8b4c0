package dev.outgrow.internal.journal;

import java.util.Locale;

/** What a run is for. */
public enum RunKind {
    /** A migration whose result the app uses. */
    RUN,
    /** A trial: its result is never the app's database. */
    REHEARSAL;

    /** As the journal's column holds it. */
    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunKind of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
