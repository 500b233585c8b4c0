package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.ColumnConstraint;
import dev.outgrow.internal.sqlite.ddl.ConflictResolution;
import dev.outgrow.internal.sqlite.ddl.CreateTable;
import dev.outgrow.internal.sqlite.ddl.CreateTable.ColumnDefinition;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.ddl.IndexedTerm;
import dev.outgrow.internal.sqlite.ddl.Name;
import dev.outgrow.internal.sqlite.ddl.TableConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The UNIQUE and PRIMARY KEY constraints of a table's text, from which the automatic indexes get their names and conflict
 * clauses. SQLite makes one index for constraints that ask for the same, so there may be more constraints than indexes.
 */
final class UniqueConstraints {
    private final List<Constraint> constraints = new ArrayList<>();

    /**
     * One of them.
     *
     * @param primaryKey whether it is the primary key
     * @param columns its columns
     * @param name its name
     * @param conflict its ON CONFLICT clause
     */
    record Constraint(
            boolean primaryKey, List<String> columns, Optional<Name> name, Optional<ConflictResolution> conflict) {}

    UniqueConstraints(Optional<CreateTable> statement) {
        if (statement.isPresent()) {
            for (ColumnDefinition column : statement.get().columns()) {
                addOf(column);
            }
            for (TableConstraint constraint : statement.get().constraints()) {
                add(constraint);
            }
        }
    }

    private void addOf(ColumnDefinition column) {
        List<String> columns = ImmutableList.of(column.name().text());
        for (ColumnConstraint constraint : column.constraints()) {
            if (constraint instanceof ColumnConstraint.PrimaryKey key) {
                constraints.add(new Constraint(true, columns, key.name(), key.conflict()));
            } else if (constraint instanceof ColumnConstraint.Unique unique) {
                constraints.add(new Constraint(false, columns, unique.name(), unique.conflict()));
            }
        }
    }

    private void add(TableConstraint constraint) {
        if (constraint instanceof TableConstraint.PrimaryKey key) {
            constraints.add(new Constraint(true, columns(key.terms()), key.name(), key.conflict()));
        } else if (constraint instanceof TableConstraint.Unique unique) {
            constraints.add(new Constraint(false, columns(unique.terms()), unique.name(), unique.conflict()));
        }
    }

    private static List<String> columns(List<IndexedTerm> terms) {
        List<String> columns = new ArrayList<>();
        for (IndexedTerm term : terms) {
            columns.add(Name.textOf(term.column()).orElse(""));
        }
        return columns;
    }

    /** The next constraint over these columns that has no index yet. */
    Optional<Constraint> take(boolean primaryKey, List<String> columns) {
        for (int i = 0; i < constraints.size(); i++) {
            Constraint constraint = constraints.get(i);
            if (constraint.primaryKey() == primaryKey && same(constraint.columns(), columns)) {
                return Optional.of(constraints.remove(i));
            }
        }
        return Optional.empty();
    }

    private static boolean same(List<String> some, List<String> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!Identifiers.same(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
