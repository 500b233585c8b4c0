package dev.outgrow.internal.plan;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.census.ComingBack;
import dev.outgrow.typemap.internal.decode.Proofs;
import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.rules.Surroundings;
import dev.outgrow.typemap.internal.rules.TargetTypes;
import dev.outgrow.typemap.internal.rules.TypeChooser;

/** Makes what chooses the types of a file's columns. */
public final class TypeChoosers {
    private TypeChoosers() {}

    /** The chooser for a file with this catalog. */
    public static TypeChooser of(TypeRules rules, MisfitPolicy policy, TargetTypes target, Catalog catalog) {
        return new TypeChooser(
                rules,
                policy,
                new Surroundings(
                        target, isCoreData(catalog), TypeChoosers::wayBack, new ColumnDefinitions(catalog)::of));
    }

    /** Whether the file has the two tables that Apple's Core Data makes in each of its files. */
    private static boolean isCoreData(Catalog catalog) {
        return catalog.tables().stream()
                        .filter(table -> table.name().equals("Z_PRIMARYKEY")
                                || table.name().equals("Z_METADATA"))
                        .count()
                == 2;
    }

    private static ComingBack wayBack(TypeMapping mapping) {
        ValueProof proof = Proofs.proofFor(mapping);
        return (source, field, offset, length) ->
                proof.compare(source, field, offset, length) == ValueProof.Outcome.EQUAL;
    }
}
