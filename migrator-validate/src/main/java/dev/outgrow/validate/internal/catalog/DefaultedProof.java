package dev.outgrow.validate.internal.catalog;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.value.ValueSlot;

/**
 * The proof of a column in which NULL became a default of the target's: if the source has NULL, any value is right and
 * counts as normalised. Rows that are matched only by digests are matched without the column.
 */
public final class DefaultedProof implements ValueProof {
    private final ValueProof proof;
    private final boolean ordered;

    /**
     * A proof.
     *
     * @param proof of the other values
     * @param ordered whether rows of both databases are held against each other by their key
     */
    public DefaultedProof(ValueProof proof, boolean ordered) {
        this.proof = proof;
        this.ordered = ordered;
    }

    @Override
    public Outcome compare(ValueSlot source, byte[] target, int offset, int length) {
        return source.storageClass() == StorageClass.NULL && length >= 0
                ? Outcome.NORMALISED
                : proof.compare(source, target, offset, length);
    }

    @Override
    public void writeBack(byte[] target, int offset, int length, ValueSlot into) {
        if (ordered) {
            proof.writeBack(target, offset, length, into);
        } else {
            into.setNull();
        }
    }

    @Override
    public Outcome canonical(ValueSlot source, ValueSlot into) {
        if (ordered) {
            return proof.canonical(source, into);
        }
        into.setNull();
        return source.storageClass() == StorageClass.NULL ? Outcome.NORMALISED : Outcome.EQUAL;
    }
}
