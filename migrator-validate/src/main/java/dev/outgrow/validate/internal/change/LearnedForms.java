package dev.outgrow.validate.internal.change;

import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.form.ColumnForm;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Learns the forms of a table's columns from the source's values as they pass, unless their storage class tells them already. Not
 * safe for concurrent use.
 */
final class LearnedForms {
    private final ValueProof[] proofs;
    private final List<Optional<ColumnForm>> forms;
    /** Those of which each value is looked at. */
    private final @Nullable ColumnForm[] open;

    private final ValueSlot canonical = new ValueSlot();

    /**
     * Nothing learned yet.
     *
     * @param uniform the storage class of each column in which all values have the same, NULL aside, as far as that is known
     */
    LearnedForms(List<ColumnMapping> columns, ValueProof[] proofs, Map<String, StorageClass> uniform) {
        this.proofs = proofs;
        this.forms =
                columns.stream().map(column -> ColumnForm.of(column.mapping())).toList();
        this.open = new ColumnForm[proofs.length];
        for (int i = 0; i < open.length; i++) {
            StorageClass only = uniform.get(columns.get(i).column().name());
            open[i] = forms.get(i)
                    .filter(form -> only == null || !form.isLearnedFrom(only))
                    .orElse(null);
        }
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
        ColumnForm form = open[column];
        if (form != null
                && (outcome != ValueProof.Outcome.DIFFERENT
                        || proofs[column].canonical(value, canonical) != ValueProof.Outcome.DIFFERENT)) {
            form.see(value);
        }
    }

    List<Optional<ColumnForm>> learned() {
        return forms;
    }
}
