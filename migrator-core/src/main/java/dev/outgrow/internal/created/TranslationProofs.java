package dev.outgrow.internal.created;

import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.blueprint.TranslatedIndex;
import dev.outgrow.internal.blueprint.ViewBlueprint;
import dev.outgrow.internal.proof.DefaultProof;
import dev.outgrow.internal.proof.ExpressionProof;
import dev.outgrow.internal.proof.Finding;
import dev.outgrow.internal.proof.ViewProof;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.search.ArrivingRows;
import dev.outgrow.internal.sqlite.search.ArrivingRows.Arrival;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /**
     * How long a view may take, whatever it reads: some recursions end only because of their data, and perhaps not in
     * both databases.
     */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final int ROWS_A_MILLISECOND = 50;

    /** Proves an expression over one table. */
    @FunctionalInterface
    private interface Proving {
        Finding prove(ExpressionProof proof) throws SQLException, InterruptedException;
    }

    /**
     * A default, whichever columns have it.
     *
     * @param declaredType the columns' declared type in SQLite
     * @param text the default as SQLite has it
     * @param mapping what the columns become
     * @param sql the translation
     */
    private record WrittenDefault(String declaredType, String text, TypeMapping mapping, String sql) {
        /** Written out: what the compiler makes costs a run 80 classes at its first use. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof WrittenDefault that
                    && sql.equals(that.sql)
                    && text.equals(that.text)
                    && declaredType.equals(that.declaredType)
                    && mapping.equals(that.mapping);
        }

        @Override
        public int hashCode() {
            return sql.hashCode() * 31 + declaredType.hashCode();
        }
    }

    private final List<SchemaProof> proofs = new ArrayList<>();
    private final Map<WrittenDefault, List<String>> defaults = new LinkedHashMap<>();
    private final Map<String, TableCensus> census;
    private final TextEncoding encoding;

    private TranslationProofs(Map<String, TableCensus> census, TextEncoding encoding) {
        this.census = census;
        this.encoding = encoding;
    }

    static List<SchemaProof> of(PlannedCreation planned) {
        Blueprint blueprint = planned.blueprint();
        TranslationProofs proofs = new TranslationProofs(planned.census(), planned.encoding());
        blueprint.tables().forEach(proofs::table);
        proofs.defaults.forEach((written, ids) -> proofs.add(
                ids,
                (sqlite, postgres) -> DefaultProof.prove(
                        postgres, written.declaredType, written.text, written.mapping, written.sql)));
        Duration limit = LIMIT.plusMillis(blueprint.plan().rows() / ROWS_A_MILLISECOND);
        blueprint.views().forEach(view -> proofs.view(view, limit));
        return List.copyOf(proofs.proofs);
    }

    private void table(TableBlueprint table) {
        for (TableBlueprint.CheckBlueprint check : table.checks()) {
            String text = check.condition().text();
            expression(check.id(), table, text, proof -> proof.condition(text, check.sql()));
        }
        for (TranslatedIndex index : table.translatedIndexes()) {
            for (TranslatedIndex.Value value : index.values()) {
                expression(
                        index.id(),
                        table,
                        value.text(),
                        proof -> proof.value(value.text(), value.sql(), value.type(), Representation.NATIVE));
            }
            index.predicate()
                    .ifPresent(predicate -> expression(
                            index.id(),
                            table,
                            predicate.text(),
                            proof -> proof.selection(predicate.text(), predicate.sql())));
        }
        table.expectations().defaults().forEach((column, sql) -> defaultOf(table, column, sql));
    }

    /** SQLite also evaluates it over the values as they arrive, so both databases see the same values. */
    private void expression(String id, TableBlueprint table, String text, Proving proving) {
        Relation relation = Relation.of(table.mapping());
        List<String> key = table.keyed()
                ? table.source().primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of())
                : List.of();
        add(List.of(id), (sqlite, postgres) -> {
            Optional<ArrivingRows> arriving = ArrivingRows.of(arrival(table), List.of(text), sqlite, encoding);
            if (arriving.isEmpty()) {
                return proving.prove(new ExpressionProof(sqlite, postgres, relation, key));
            }
            try (ArrivingRows rows = arriving.get()) {
                return proving.prove(new ExpressionProof(rows.connection(), postgres, relation, key));
            }
        });
    }

    private Arrival arrival(TableBlueprint table) {
        Map<String, TypeMapping> mappings = new HashMap<>();
        table.mapping().columns().forEach(column -> mappings.put(column.column().name(), column.mapping()));
        return new Arrival(
                table.source(),
                Objects.requireNonNull(census.get(table.source().name())),
                name -> Objects.requireNonNull(mappings.get(name)));
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
        WrittenDefault written =
                new WrittenDefault(mapping.column().declaredType(), text.text(), mapping.mapping(), sql);
        defaults.computeIfAbsent(written, first -> new ArrayList<>())
                .add(NoticeKind.DEFAULT.id(mapping.column().qualifiedName()));
    }

    private void view(ViewBlueprint view, Duration limit) {
        add(
                List.of(NoticeKind.VIEW.id(view.translated().view().name())),
                (sqlite, postgres) -> ViewProof.prove(sqlite, postgres, view.translated(), Optional.of(limit)));
    }

    /** Adds what is proved once for all that have it; any of them names it for the progress. */
    private void add(List<String> ids, Evaluation evaluation) {
        proofs.add(new SchemaProof() {
            @Override
            public String subject() {
                return ids.get(0);
            }

            @Override
            public void prove(Connection sqlite, Connection postgres, Findings findings) throws SQLException {
                try {
                    Finding finding = evaluation.evaluate(sqlite, postgres);
                    if (!finding.agrees()) {
                        for (String id : ids) {
                            findings.wrong(id, message(id, finding));
                        }
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
