package dev.outgrow.internal.truth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a marker tells the person who opens it. */
final class MarkerWords {
    private MarkerWords() {}

    static List<String> of(Happening happened, String database, String where, @Nullable String backup) {
        String kept =
                backup == null ? "There is no backup yet." : "The file as it was migrated is kept as " + backup + ".";
        return switch (happened) {
            case FROZEN ->
                List.of(
                        "The application began to move its data from " + database + " to PostgreSQL: " + where + ".",
                        "That has not ended, or was cut off. The data is still in the SQLite file.",
                        "Start the application with its PostgreSQL settings: it continues by itself. Do not delete anything.");
            case PUBLISHED ->
                List.of(
                        "The data of " + database + " was moved to PostgreSQL and compared: " + where + ".",
                        "The application's own tests of it have not all passed yet.",
                        "Start the application with its PostgreSQL settings: it continues by itself.",
                        kept);
            case SWITCHED, LATE_WRITES_CARRIED ->
                List.of(
                        "The data of " + database + " is in PostgreSQL now: " + where + ".",
                        "The SQLite file is out of date. What is written to it is lost, so it may have been made read-only.",
                        "If the application asks for PostgreSQL settings, give it those; do not start it on the SQLite file.",
                        kept + " Keep this marker where it is.");
            case WITHDRAWN ->
                List.of(
                        "The data of " + database + " was moved to PostgreSQL (" + where
                                + "), and the application's own test of it failed.",
                        "That was taken back: the SQLite file holds the data, as before.",
                        "See to what the test found, then let the application switch again.");
            case BACK_ON_SQLITE ->
                List.of(
                        "The data went back from PostgreSQL (" + where + ") into the SQLite file " + database + ".",
                        "That file holds the data now. PostgreSQL is out of date.");
            case RETIRED ->
                List.of(
                        "The data of " + database + " is in PostgreSQL for good: " + where + ".",
                        "The SQLite file is out of date, and the way back was given up.",
                        "The SQLite file may be archived. Keep this marker as long as the file is here.");
        };
    }
}
