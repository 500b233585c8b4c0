package dev.outgrow.internal.created;

import dev.outgrow.internal.plan.Blueprint;
import dev.outgrow.internal.plan.TableBlueprint;
import dev.outgrow.internal.plan.TranslatedIndex;
import dev.outgrow.internal.plan.ViewBlueprint;
import dev.outgrow.internal.proof.DefaultProof;
import dev.outgrow.internal.proof.ExpressionProof;
import dev.outgrow.internal.proof.Finding;
import dev.outgrow.internal.proof.ViewProof;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.validate.internal.SchemaProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The proofs of what was translated: checks, defaults, index expressions, predicates and views, each evaluated in both
 * databases over the rows that were copied. (Generated columns are proved by the comparison of their values.)
 */
public final class TranslationProofs {
    /** Evaluates one translation in both databases. */
    @FunctionalInterface
    private interface Evaluation {
        Finding evaluate(Connection sqlite, Connection postgres) throws SQLException, InterruptedException;
    }

    /** How long a view may take, whatever it reads: some end only by their data, and then not in both databases. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final int ROWS_A_MILLISECOND = 50;

    private final List<SchemaProof> proofs = new ArrayList<>();

    private TranslationProofs() {}

    static List<SchemaProof> of(Blueprint blueprint) {
        TranslationProofs proofs = new TranslationProofs();
        blueprint.tables().forEach(proofs::table);
        Duration limit = LIMIT.plusMillis(blueprint.plan().rows() / ROWS_A_MILLISECOND);
        blueprint.views().forEach(view -> proofs.view(view, limit));
        return List.copyOf(proofs.proofs);
    }

    private void table(TableBlueprint table) {
        Relation relation = Relation.of(table.mapping());
        List<String> key = table.keyed()
                ? table.source().primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of())
                : List.of();
        for (TableBlueprint.CheckBlueprint check : table.checks()) {
            add(
                    check.id(),
                    (sqlite, postgres) -> new ExpressionProof(sqlite, postgres, relation, key)
                            .condition(check.condition().text(), check.sql()));
        }
        for (TranslatedIndex index : table.translatedIndexes()) {
            for (TranslatedIndex.Value value : index.values()) {
                add(
                        index.id(),
                        (sqlite, postgres) -> new ExpressionProof(sqlite, postgres, relation, key)
                                .value(value.text(), value.sql(), value.type(), Representation.NATIVE));
            }
            index.predicate()
                    .ifPresent(predicate -> add(
                            index.id(),
                            (sqlite, postgres) -> new ExpressionProof(sqlite, postgres, relation, key)
                                    .selection(predicate.text(), predicate.sql())));
        }
        table.expectations().defaults().forEach((column, sql) -> defaultOf(table, column, sql));
    }

    private void defaultOf(TableBlueprint table, String targetColumn, String sql) {
        ColumnMapping mapping = table.mapping().columns().stream()
                .filter(column -> column.targetName().equals(targetColumn))
                .findFirst()
                .orElseThrow();
        SqlText text = table.source()
                .column(mapping.column().name())
                .flatMap(SqliteColumn::defaultValue)
                .orElseThrow();
        add(
                NoticeKind.DEFAULT.id(mapping.column().qualifiedName()),
                (sqlite, postgres) -> DefaultProof.prove(
                        postgres, mapping.column().declaredType(), text.text(), mapping.mapping(), sql));
    }

    private void view(ViewBlueprint view, Duration limit) {
        add(
                NoticeKind.VIEW.id(view.translated().view().name()),
                (sqlite, postgres) -> ViewProof.prove(sqlite, postgres, view.translated(), Optional.of(limit)));
    }

    private void add(String id, Evaluation evaluation) {
        proofs.add(new SchemaProof() {
            @Override
            public String subject() {
                return id;
            }

            @Override
            public void prove(Connection sqlite, Connection postgres, Findings findings) throws SQLException {
                try {
                    Finding finding = evaluation.evaluate(sqlite, postgres);
                    if (!finding.agrees()) {
                        findings.wrong(id, message(id, finding));
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new SQLException("interrupted", "57014", e);
                }
            }
        });
    }

    private static String message(String id, Finding finding) {
        return (finding.outcome() == Finding.Outcome.FAILED
                        ? "The translation could not be proved: "
                        : "The translation does not mean the same: ")
                + finding.summary()
                + (finding.keys().isEmpty() ? "" : ", keys " + String.join(", ", finding.keys()))
                + ". Do without it by .accept(\"" + id + "\").";
    }
}
