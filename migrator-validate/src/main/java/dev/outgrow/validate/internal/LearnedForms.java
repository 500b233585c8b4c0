package dev.outgrow.validate.internal;

import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.form.ColumnForm;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Learns the forms of a table's columns from the source's values as they pass. Not safe for concurrent use. */
final class LearnedForms {
    private final ValueProof[] proofs;
    private final List<Optional<ColumnForm>> forms = new ArrayList<>();
    private final ValueSlot canonical = new ValueSlot();

    LearnedForms(List<ColumnMapping> columns, ValueProof[] proofs) {
        this.proofs = proofs;
        columns.forEach(column -> forms.add(ColumnForm.of(column.mapping())));
    }

    /** A whole row of which nothing is known. */
    void see(ValueSlot[] row) {
        for (int i = 0; i < proofs.length; i++) {
            see(i, row[i], ValueProof.Outcome.DIFFERENT);
        }
    }

    /**
     * A value.
     *
     * @param outcome of its comparison: one that the mapping does not take for a value of its own teaches nothing
     */
    void see(int column, ValueSlot value, ValueProof.Outcome outcome) {
        Optional<ColumnForm> form = forms.get(column);
        if (form.isPresent()
                && (outcome != ValueProof.Outcome.DIFFERENT
                        || proofs[column].canonical(value, canonical) != ValueProof.Outcome.DIFFERENT)) {
            form.get().see(value);
        }
    }

    List<Optional<ColumnForm>> learned() {
        return forms;
    }
}
