package dev.outgrow.internal.work;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.reshape.Link.Treated;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.sql.Connection;
import java.util.List;

/**
 * Adds to the comparison which rows are in none of the compared tables.
 *
 * @param orphans what became of orphans
 */
public record OrphanProof(List<Treated> orphans) implements SchemaProof {
    public OrphanProof {
        orphans = ImmutableList.copyOf(orphans);
    }

    @Override
    public void prove(Connection sqlite, Connection postgres, Findings findings) {
        for (Treated treated : orphans) {
            if (treated.link().setAside() && treated.objection().isEmpty()) {
                long rows = treated.rows();
                findings.notCompared(
                        Amount.of(rows, "row") + " of table " + treated.link().child()
                                + Amount.verb(rows, " that was", " that were") + " set aside",
                        "outgrow.set_aside holds "
                                + Amount.verb(
                                        rows,
                                        "it, and it was compared when it was",
                                        "them, and they were compared when they were")
                                + " written.");
            }
        }
    }
}
