package dev.outgrow.internal.journal;

/**
 * What the journal records of a run when it begins.
 *
 * @param kind what it is for
 * @param targetSchema the schema that receives the rows
 * @param source the source as messages name it
 * @param sourceFingerprint of the snapshot it reads
 * @param planFingerprint of the plan it carries out
 * @param workFingerprint of what an attempt must have in common with one that resumes it; empty if none can
 * @param staged whether it makes its tables in a staging schema
 */
public record NewRun(
        RunKind kind,
        String targetSchema,
        String source,
        String sourceFingerprint,
        String planFingerprint,
        String workFingerprint,
        boolean staged) {}
