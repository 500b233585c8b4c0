package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.Name;
import dev.outgrow.internal.sqlite.ddl.Select;
import dev.outgrow.internal.sqlite.ddl.SelectPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes each row of a VALUES clause as a query without FROM, whose columns SQLite calls {@code column1} and so on. */
final class ValuesClauses {
    private ValuesClauses() {}

    static Select expanded(Select select) {
        boolean any = select.first() instanceof SelectPart.Values
                || select.compounds().stream().anyMatch(compound -> compound.part() instanceof SelectPart.Values);
        if (!any) {
            return select;
        }
        List<SelectPart> first = rows(select.first());
        List<Select.Compound> compounds = new ArrayList<>();
        first.stream()
                .skip(1)
                .forEach(row -> compounds.add(new Select.Compound(Select.CompoundOperator.UNION_ALL, row)));
        for (Select.Compound compound : select.compounds()) {
            List<SelectPart> rows = rows(compound.part());
            if (rows.size() > 1 && compound.operator() == Select.CompoundOperator.INTERSECT) {
                throw new UntranslatableException("it intersects with a VALUES clause");
            }
            rows.forEach(row -> compounds.add(new Select.Compound(compound.operator(), row)));
        }
        return new Select(
                select.with(),
                select.recursive(),
                first.get(0),
                compounds,
                select.orderBy(),
                select.limit(),
                select.offset());
    }

    private static List<SelectPart> rows(SelectPart part) {
        if (!(part instanceof SelectPart.Values values)) {
            return List.of(part);
        }
        return values.rows().stream().map(ValuesClauses::query).toList();
    }

    private static SelectPart query(List<Expression> row) {
        List<SelectPart.ResultColumn> columns = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            String name = "column" + (i + 1);
            columns.add(new SelectPart.Item(row.get(i), name, Optional.of(new Name(name, Name.Quoting.BRACKETS))));
        }
        return new SelectPart.Query(
                false, columns, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), List.of());
    }
}
