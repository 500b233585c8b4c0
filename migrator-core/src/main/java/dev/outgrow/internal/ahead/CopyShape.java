package dev.outgrow.internal.ahead;

import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.report.ShapePart;
import dev.outgrow.typemap.internal.text.TextDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What two plans must have in common so that a copy which followed one of them is a copy for the other: the migration's shape (the
 * source's schema, rules, options, mappings) and every statement of the script, except for those that say where a sequence continues,
 * which are done anew. The order of the tables does not count: a migration of the app that makes a table anew puts it last.
 */
public final class CopyShape {
    private final StringBuilder text = new StringBuilder();

    private CopyShape() {}

    /** The fingerprint of a plan's shape. */
    public static String of(List<ShapePart> shape, Blueprint blueprint) {
        CopyShape all = new CopyShape();
        List<ShapePart> parts = new ArrayList<>(shape);
        parts.sort(Comparator.comparing(ShapePart::kind).thenComparing(ShapePart::name));
        for (ShapePart part : parts) {
            all.add(part.kind().name()).add(part.name()).add(part.value());
        }
        blueprint.extensions().forEach(all::add);
        List<TableBlueprint> tables = new ArrayList<>(blueprint.tables());
        tables.sort(Comparator.comparing(table -> table.source().name()));
        for (TableBlueprint table : tables) {
            all.add(table.source().name()).add(table.targetName());
            statements(table).forEach(all::add);
            table.identity().ifPresent(identity -> all.add(identity.column()));
        }
        blueprint.views().forEach(view -> all.add(view.create()));
        blueprint.sequences().forEach(sequence -> all.add(sequence.targetName()));
        return TextDigest.sha256(all.text.toString());
    }

    private static Stream<Statement> statements(TableBlueprint table) {
        return Stream.of(
                        Stream.of(table.create()),
                        table.allIndexes(),
                        table.keys().stream(),
                        table.checks().stream().map(TableBlueprint.CheckBlueprint::add),
                        table.foreignKeys().stream().map(TableBlueprint.ForeignKeyBlueprint::add),
                        table.foreignKeys().stream().flatMap(key -> key.validate().stream()))
                .flatMap(some -> some);
    }

    private CopyShape add(Statement statement) {
        return add(statement.step()).add(statement.sql());
    }

    /** With its length, so that no two lists of texts run together to the same. */
    private CopyShape add(String part) {
        text.append(part.length()).append(':').append(part);
        return this;
    }
}
