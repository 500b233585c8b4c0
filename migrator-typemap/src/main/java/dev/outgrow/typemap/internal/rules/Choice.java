package dev.outgrow.typemap.internal.rules;

import com.google.common.collect.ImmutableList;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Remark;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import java.util.List;

/** What was chosen for a column, why, and what is to be said about it. */
record Choice(TypeMapping mapping, String reason, List<Remark> remarks) {
    Choice {
        remarks = ImmutableList.copyOf(remarks);
    }

    static Choice of(PgType type, Representation representation, String reason) {
        return new Choice(new TypeMapping(type, representation), reason, List.of());
    }

    Choice with(Remark remark) {
        return new Choice(
                mapping,
                reason,
                ImmutableList.<Remark>builder().addAll(remarks).add(remark).build());
    }

    Choice mappedTo(TypeMapping other) {
        return new Choice(other, reason, remarks);
    }
}
