package dev.outgrow.validate.internal.catalog;

import dev.outgrow.validate.internal.catalog.TableExpectations.ExpectedConstraint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what the target's catalog says about the tables with what it must say. */
public final class CatalogProof implements SchemaProof {
    private final List<ComparedTable> tables;
    private final boolean writtenSince;

    public CatalogProof(List<ComparedTable> tables, boolean writtenSince) {
        this.tables = tables;
        this.writtenSince = writtenSince;
    }

    @Override
    public void prove(Connection sqlite, Connection postgres, Findings findings) throws SQLException {
        List<String> names = new ArrayList<>();
        Map<String, Set<String>> identities = new LinkedHashMap<>();
        for (ComparedTable table : tables) {
            String name = name(table);
            names.add(name);
            if (!table.expectations().identities().isEmpty()) {
                identities.put(name, table.expectations().identities().keySet());
            }
        }
        CatalogAnswers catalog = new CatalogAnswers(postgres, names);
        Set<String> there = catalog.there();
        Map<String, Map<String, Long>> numbers = catalog.nextNumbers(identities);
        Map<String, Map<String, String>> constraints = catalog.constraints();
        Map<String, Map<String, Boolean>> indexes = catalog.indexes();
        Map<String, Map<String, Boolean>> notNull = catalog.notNull();
        List<ComparedTable> present = new ArrayList<>();
        for (ComparedTable table : tables) {
            String name = name(table);
            if (!there.contains(name)) {
                // The comparison of its rows has already reported that.
                continue;
            }
            identities(table, CatalogAnswers.said(numbers, name), findings);
            constraints(table, CatalogAnswers.said(constraints, name), findings);
            indexes(table, CatalogAnswers.said(indexes, name), findings);
            for (String column : table.expectations().notNull()) {
                if (!CatalogAnswers.said(notNull, name).containsKey(column)) {
                    findings.wrong("notnull:" + subject(table, column), "the column takes NULL");
                }
            }
            present.add(table);
        }
        new DefaultsProof(postgres, findings).prove(present);
    }

    /** The qualified and quoted name of a table in the target. */
    static String name(ComparedTable table) {
        return Quoting.qualified(table.targetSchema(), table.mapping().targetName());
    }

    private static String subject(ComparedTable table, String name) {
        return table.mapping().targetName() + "." + name;
    }

    private void identities(ComparedTable table, Map<String, Long> numbers, Findings findings) {
        for (Map.Entry<String, Long> identity :
                table.expectations().identities().entrySet()) {
            String id = "identity:" + subject(table, identity.getKey());
            Long next = numbers.get(identity.getKey());
            if (next == null) {
                findings.wrong(id, "no sequence belongs to the column");
                continue;
            }
            long expected = identity.getValue();
            if (next < expected || (next > expected && !writtenSince)) {
                findings.wrong(id, "the next value is " + next + " where it must be " + expected);
            }
        }
    }

    private static void constraints(ComparedTable table, Map<String, String> faults, Findings findings) {
        for (ExpectedConstraint constraint : table.expectations().constraints()) {
            String subject = "constraint:" + subject(table, constraint.name());
            String fault = faults.get(constraint.name());
            if (fault == null) {
                findings.wrong(subject, "it is not there");
            } else if (!fault.isEmpty() && constraint.validated()) {
                findings.wrong(subject, fault);
            }
        }
    }

    private static void indexes(ComparedTable table, Map<String, Boolean> valid, Findings findings) {
        for (String index : table.expectations().indexes()) {
            if (!valid.containsKey(index)) {
                findings.wrong("index:" + subject(table, index), "it is not there");
            } else if (!Boolean.TRUE.equals(valid.get(index))) {
                findings.wrong("index:" + subject(table, index), "it is not valid");
            }
        }
    }
}
