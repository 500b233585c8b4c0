package dev.outgrow.option;

/** What becomes of rows whose foreign key points to a missing row. More may be added. */
public enum OrphanPolicy {
    /** They stop the run, with a notice that names them. */
    FAIL,
    /** The columns of the foreign key become NULL in them. If one refuses NULL, the run stops. */
    SET_NULL,
    /**
     * They are not migrated, nor is what points to them: each becomes a JSON object in the table {@code
     * outgrow.set_aside} of the target, from which the row can be restored exactly.
     */
    SET_ASIDE
}
