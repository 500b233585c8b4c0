package dev.outgrow.internal.journal;

import java.util.Optional;

/**
 * One run, as the journal knows it.
 *
 * @param id its number
 * @param finished whether its result was published
 * @param sourceFingerprint of the snapshot it reads
 * @param planFingerprint of the plan it carries out
 * @param stagingSchema where its unpublished tables are
 * @param attempt how often it was gone on with, and one; whoever knows a smaller number has lost the run to somebody else
 * @param startedAt when it began, as the server wrote it
 * @param report the JSON of its report, once it is finished
 */
public record RecordedRun(
        long id,
        boolean finished,
        String sourceFingerprint,
        String planFingerprint,
        String stagingSchema,
        int attempt,
        String startedAt,
        Optional<String> report) {

    /** Whether it was being discarded when that was cut off: what it made is not complete any more. */
    public boolean isBeingDiscarded() {
        return !finished && planFingerprint.equals(Journal.BEING_DISCARDED);
    }

    /** The same run under another attempt. */
    RecordedRun attempted(int number) {
        return new RecordedRun(
                id, finished, sourceFingerprint, planFingerprint, stagingSchema, number, startedAt, report);
    }
}
