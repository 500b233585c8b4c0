package dev.outgrow.validate.internal;

import com.google.common.collect.ImmutableList;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.decode.Proofs;
import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.value.ValueSlot;
import dev.outgrow.typemap.internal.value.WaysBack;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.catalog.DefaultedProof;
import dev.outgrow.validate.internal.catalog.Quoting;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one table is compared: the compared columns, the key that identifies its rows, and the queries that read them.
 * Immutable.
 */
public final class TableReading {
    private final ComparedTable table;
    private final List<ColumnMapping> columns;
    private final List<Integer> keyIndexes;
    private final List<KeyPart> keyParts;
    private final boolean splittable;
    private final boolean placeInTarget;

    private TableReading(
            ComparedTable table,
            List<ColumnMapping> columns,
            List<Integer> keyIndexes,
            List<KeyPart> keyParts,
            boolean splittable,
            boolean placeInTarget) {
        this.table = table;
        this.columns = columns;
        this.keyIndexes = keyIndexes;
        this.keyParts = keyParts;
        this.splittable = splittable;
        this.placeInTarget = placeInTarget;
    }

    /**
     * The plan for a table of the target as it is.
     *
     * @param actual the columns of the target's table
     * @param utf8 whether the SQLite database is in UTF-8
     * @param findings receives the columns that cannot be compared
     */
    public static TableReading of(
            ComparedTable table, TargetColumns actual, boolean utf8, SchemaProof.Findings findings) {
        return of(table, actual, utf8, false, findings);
    }

    /**
     * The facts now.
     *
     * @param oneWay whether columns whose converter has no way back are also read: their values are compared in the
     *     target's terms
     */
    public static TableReading of(
            ComparedTable table, TargetColumns actual, boolean utf8, boolean oneWay, SchemaProof.Findings findings) {
        List<ColumnMapping> columns = new ArrayList<>();
        for (ColumnMapping column : table.mapping().columns()) {
            if (isComparable(table, column, actual, oneWay, findings)) {
                columns.add(column);
            }
        }
        List<String> names = new ArrayList<>();
        for (ColumnMapping column : columns) {
            names.add(column.column().name());
        }
        if (!isOrdered(table, names, columns, utf8)) {
            for (String column : table.defaulted()) {
                findings.notCompared(
                        table.mapping().table() + "." + column,
                        "NULL became the target's default, and no key by which both databases order tells which rows had it");
            }
        }
        if (table.keyColumns().isEmpty() || !names.containsAll(table.keyColumns())) {
            return new TableReading(
                    table,
                    ImmutableList.copyOf(columns),
                    ImmutableList.of(),
                    ImmutableList.of(),
                    false,
                    actual.isOrdinaryTable());
        }
        List<Integer> keyIndexes = new ArrayList<>();
        List<KeyPart> keyParts = new ArrayList<>();
        for (String key : table.keyColumns()) {
            int index = names.indexOf(key);
            keyIndexes.add(index);
            KeyPart part = KeyPart.of(columns.get(index).mapping(), utf8);
            if (part != null) {
                keyParts.add(part);
            }
        }
        boolean ordered = keyParts.size() == keyIndexes.size();
        ColumnMapping first = columns.get(keyIndexes.get(0));
        TargetColumns.Column target = actual.column(first.targetName());
        boolean splittable = ordered
                && keyParts.get(0) == KeyPart.INTEGER
                && first.column().notNull()
                && target != null
                && target.notNull();
        return new TableReading(
                table,
                ImmutableList.copyOf(columns),
                ImmutableList.copyOf(keyIndexes),
                ordered ? ImmutableList.copyOf(keyParts) : ImmutableList.of(),
                splittable,
                actual.isOrdinaryTable());
    }

    private static boolean isOrdered(
            ComparedTable table, List<String> names, List<ColumnMapping> columns, boolean utf8) {
        for (String key : table.keyColumns()) {
            int place = names.indexOf(key);
            if (place < 0 || KeyPart.of(columns.get(place).mapping(), utf8) == null) {
                return false;
            }
        }
        return !table.keyColumns().isEmpty();
    }

    private static boolean isComparable(
            ComparedTable table,
            ColumnMapping column,
            TargetColumns actual,
            boolean oneWay,
            SchemaProof.Findings findings) {
        String subject = column.column().qualifiedName();
        String reason = table.leftOut().get(column.column().name());
        if (reason != null) {
            findings.notCompared(subject, reason);
            return false;
        }
        if (!oneWay && column.mapping().converter().filter(WaysBack::isOneWay).isPresent()) {
            findings.notCompared(subject, "its converter has no way back to SQLite");
            return false;
        }
        TargetColumns.Column target = actual.column(column.targetName());
        if (target == null) {
            findings.wrong("column:" + subject, "the target's table has no column " + column.targetName());
            return false;
        }
        if (!isOfType(target, column.mapping())) {
            findings.wrong(
                    "type:" + subject,
                    "the target's column has the type " + target.typeName() + " where it must have "
                            + column.mapping().type());
            return false;
        }
        return isReadable(column, findings);
    }

    /** The result of the application's own converter is sent as text into a type of any kind. */
    private static boolean isOfType(TargetColumns.Column target, TypeMapping mapping) {
        PgType type = mapping.type();
        if (mapping.converter().isPresent() && type.carrier().isPresent()) {
            return true;
        }
        return type.carrier().isPresent()
                ? target.kind() == null || target.kind() == type.kind()
                : target.kind() == type.kind();
    }

    private static boolean isReadable(ColumnMapping column, SchemaProof.Findings findings) {
        try {
            Proofs.proofFor(column);
            return true;
        } catch (IllegalArgumentException e) {
            findings.notCompared(
                    column.column().qualifiedName(),
                    "there is no way back from " + column.mapping().type() + " to SQLite");
            return false;
        }
    }

    /** The table's name in the source. */
    public String name() {
        return table.mapping().table();
    }

    public ComparedTable table() {
        return table;
    }

    /** The columns that are compared, in the order in which both queries give them. */
    public List<ColumnMapping> columns() {
        return columns;
    }

    /** The name in the source of a column that is compared. */
    public String columnName(int index) {
        return columns.get(index).column().name();
    }

    /** Where the columns of the key are among the columns; empty if the table has no key. */
    public List<Integer> keyIndexes() {
        return keyIndexes;
    }

    /** Whether the rows of both databases can be read in one order of their keys. */
    public boolean isOrdered() {
        return !keyParts.isEmpty();
    }

    /** Whether ranges of the first key column cover all rows: integers, without NULL in either database. */
    public boolean isSplittable() {
        return splittable;
    }

    /** Whether the rows were copied in the order of the key, so that they lie in about that order in the target. */
    public boolean isCopiedInOrder() {
        return keyIndexes.size() == 1 && columns.get(keyIndexes.get(0)).column().rowidAlias();
    }

    public KeyOrder newKeyOrder() {
        return new KeyOrder(keyParts, keyIndexes);
    }

    /** A proof for each column, for the use of one thread. */
    ValueProof[] newProofs() {
        return newProofs(true);
    }

    /** A proof for each column, for rows that are matched by digests. */
    ValueProof[] newDigestProofs() {
        return newProofs(false);
    }

    /** A proof for each column in which a default that replaced NULL counts as another value. */
    public ValueProof[] newPlainProofs() {
        ValueProof[] proofs = new ValueProof[columns.size()];
        for (int i = 0; i < proofs.length; i++) {
            proofs[i] = Proofs.proofFor(columns.get(i).mapping());
        }
        return proofs;
    }

    private ValueProof[] newProofs(boolean ordered) {
        ValueProof[] proofs = new ValueProof[columns.size()];
        for (int i = 0; i < proofs.length; i++) {
            proofs[i] = newProof(columns.get(i), ordered);
        }
        return proofs;
    }

    private ValueProof newProof(ColumnMapping column, boolean ordered) {
        ValueProof proof = Proofs.proofFor(column);
        return table.defaulted().contains(column.column().name()) ? new DefaultedProof(proof, ordered) : proof;
    }

    /** A slot for each column. */
    public ValueSlot[] newSlots() {
        ValueSlot[] slots = new ValueSlot[columns.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new ValueSlot();
        }
        return slots;
    }

    /** The rows of a range in the source, in the order of the key. */
    public String sourceQuery(KeyRange range) {
        return sourceQuery() + range.condition(sourceKey(0)) + sourceOrder();
    }

    /** The rows of the source from one key on and before another, the query's two parameters, in the order of the key. */
    String sourceQueryBetween() {
        String key = sourceKey(0);
        return sourceQuery() + " WHERE " + key + " >= ? AND " + key + " < ?" + sourceOrder();
    }

    /** The rows of a range in the source, in the order of the key, followed by these expressions. */
    public String sourceQuery(KeyRange range, List<String> place) {
        return sourceQuery(place) + range.condition(sourceKey(0)) + sourceOrder();
    }

    /** All rows of the source in no order, followed by these expressions. */
    public String sourceQuery(List<String> place) {
        return "SELECT " + sourceList() + (place.isEmpty() ? "" : ", " + String.join(", ", place)) + " FROM "
                + sourceName();
    }

    /** The rows of a range in the target, in the order of the key. */
    public String targetQuery(KeyRange range) {
        return targetQuery() + range.condition(targetKey(0)) + targetOrder();
    }

    /** Whether the rows of the target have a {@code ctid}. */
    boolean hasPlaceInTarget() {
        return placeInTarget;
    }

    /** All rows of the source in no order. */
    public String sourceQuery() {
        return "SELECT " + sourceList() + " FROM " + sourceName();
    }

    /** All rows of the source in no order, and as the last column where each of them is. */
    String sourceQueryWithPlace() {
        return "SELECT " + sourceList() + ", " + (table.rowidUsable() ? "rowid" : "NULL") + " FROM " + sourceName();
    }

    /** All rows of the target in no order. */
    public String targetQuery() {
        return "SELECT " + targetList() + " FROM " + targetName();
    }

    /** One row with what the target's own defaults give now for columns that have one, in their order. */
    public String defaultsQuery(List<Integer> indexes, List<String> expressions) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < indexes.size(); i++) {
            values.add("(SELECT d.v FROM (SELECT " + targetColumn(columns.get(indexes.get(i))) + " AS v FROM "
                    + targetName() + " WHERE false UNION ALL SELECT " + expressions.get(i) + ") d)");
        }
        return "SELECT " + String.join(", ", values);
    }

    /** All rows of the target in no order, and as the last column where each of them is. */
    String targetQueryWithPlace() {
        String list = targetList();
        return "SELECT " + list + (list.isEmpty() ? "" : ", ") + (placeInTarget ? "ctid::text" : "NULL::text")
                + " FROM " + targetName();
    }

    /** The source's table as SQL writes it. */
    String sourceName() {
        return Quoting.quoted(name());
    }

    /** A column of the key as the source's SQL writes it. */
    String sourceKey(int part) {
        return Quoting.quoted(columnName(keyIndexes.get(part)));
    }

    /** How both databases order a column of the key. */
    KeyPart keyPart(int part) {
        return keyParts.get(part);
    }

    /** A column of the key as the target's SQL writes it. */
    String targetKey(int part) {
        return Quoting.quoted(columns.get(keyIndexes.get(part)).targetName());
    }

    /** The end of a query of the source that orders its rows by the key, with a blank before it. */
    String sourceOrder() {
        return " ORDER BY " + order(true);
    }

    /** The end of a query of the target that orders its rows by the key, with a blank before it. */
    String targetOrder() {
        return " ORDER BY " + order(false);
    }

    private String order(boolean source) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < keyParts.size(); i++) {
            KeyPart part = keyParts.get(i);
            parts.add(source ? part.sourceOrder(sourceKey(i)) : part.targetOrder(targetKey(i)));
        }
        return String.join(", ", parts);
    }

    private String sourceList() {
        // SQLite has no query without columns.
        List<String> names = new ArrayList<>();
        for (ColumnMapping column : columns) {
            names.add(Quoting.quoted(column.column().name()));
        }
        return columns.isEmpty() ? "NULL" : String.join(", ", names);
    }

    private String targetList() {
        List<String> values = new ArrayList<>();
        for (ColumnMapping column : columns) {
            values.add(targetColumn(column));
        }
        return String.join(", ", values);
    }

    /** A value of a type that this library does not read is fetched in the type that carried it. */
    private static String targetColumn(ColumnMapping column) {
        String name = Quoting.quoted(column.targetName());
        Optional<PgType> carrier = column.mapping().type().carrier();
        return carrier.isPresent() ? "CAST(" + name + " AS " + carrier.get().sql() + ")" : name;
    }

    /** The target's table as SQL writes it, without the rows of tables that inherit from it. */
    String targetName() {
        return (placeInTarget ? "ONLY " : "")
                + Quoting.qualified(table.targetSchema(), table.mapping().targetName());
    }
}
