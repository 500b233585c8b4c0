package dev.outgrow.internal.journal;

import java.util.Optional;

/**
 * One run, as the journal knows it.
 *
 * @param id its number
 * @param kind what it is for
 * @param finished whether its result was published
 * @param source the source as messages name it; empty if an older layout of the journal did not keep it
 * @param sourceFingerprint of the snapshot it reads
 * @param planFingerprint of the plan it carries out; empty if an older layout of the journal did not keep it
 * @param workFingerprint of what an attempt must have in common with one that resumes it; empty if none can
 * @param stagingSchema where its unpublished tables are; empty if it has none
 * @param attempt one more than the number of times it was resumed; an attempt with a smaller number has lost the run to
 *     another one
 * @param beingDiscarded whether somebody has begun to discard it, so that what it made is no longer complete
 * @param startedAt when it began, as the server wrote it
 * @param report the JSON of its report, once it is finished
 */
public record RecordedRun(
        long id,
        RunKind kind,
        boolean finished,
        Optional<String> source,
        String sourceFingerprint,
        Optional<String> planFingerprint,
        Optional<String> workFingerprint,
        Optional<String> stagingSchema,
        int attempt,
        boolean beingDiscarded,
        String startedAt,
        Optional<String> report) {

    /** The same run under another attempt. */
    RecordedRun attempted(int number) {
        return new RecordedRun(
                id,
                kind,
                finished,
                source,
                sourceFingerprint,
                planFingerprint,
                workFingerprint,
                stagingSchema,
                number,
                beingDiscarded,
                startedAt,
                report);
    }
}
