package dev.outgrow.validate.internal;

import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.catalog.TableExpectations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Builds what the validator is told of a table, in the words of a test. Quoting are the same in both databases. */
final class TableFixture {
    private final String name;
    private final List<ColumnMapping> columns = new ArrayList<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();
    private List<String> key = List.of();
    private boolean rowidUsable = true;
    private TableExpectations expectations = TableExpectations.none();

    private TableFixture(String name) {
        this.name = name;
    }

    static TableFixture table(String name) {
        return new TableFixture(name);
    }

    /** An {@code INTEGER PRIMARY KEY} that becomes {@code bigint}. */
    TableFixture rowid(String column) {
        key = List.of(column);
        return add(column, "INTEGER", new TypeMapping(PgType.BIGINT, Representation.NATIVE), true);
    }

    TableFixture column(String column, String declared, PgType type, Representation representation) {
        return column(column, declared, new TypeMapping(type, representation));
    }

    TableFixture column(String column, String declared, TypeMapping mapping) {
        return add(column, declared, mapping, false);
    }

    private TableFixture add(String column, String declared, TypeMapping mapping, boolean alias) {
        columns.add(new ColumnMapping(
                new SourceColumn(
                        name,
                        column,
                        declared,
                        Affinity.of(declared),
                        alias,
                        alias ? 1 : 0,
                        alias,
                        false,
                        false,
                        "BINARY"),
                column,
                mapping,
                "",
                "the test says so",
                List.of(),
                List.of()));
        return this;
    }

    TableFixture key(String... names) {
        key = List.of(names);
        return this;
    }

    /** Without a rowid: a view, or a WITHOUT ROWID table. */
    TableFixture withoutRowid() {
        rowidUsable = false;
        return this;
    }

    TableFixture leftOut(String column, String reason) {
        leftOut.put(column, reason);
        return this;
    }

    TableFixture expecting(TableExpectations value) {
        expectations = value;
        return this;
    }

    ComparedTable in(String schema) {
        return new ComparedTable(
                new TableMapping(name, name, columns),
                schema,
                key,
                rowidUsable,
                OptionalLong.empty(),
                leftOut,
                Set.of(),
                0,
                expectations);
    }
}
