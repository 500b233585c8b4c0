package dev.outgrow.typemap;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.outgrow.typemap.internal.text.NamePattern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the caller knows about columns that neither their declarations nor their values tell. The first rule that names
 * a mapping for a column decides; the standard rules come last. Options, such as blank text as NULL, are added to
 * whatever mapping was decided. Immutable and safe to share between threads; every rule returns new rules.
 *
 * <pre>{@code
 * TypeRules.standard()
 *         .column("orders", "paid_at").unixSeconds()
 *         .columns("*_uuid").as(PgType.UUID)
 *         .declared("TINYINT(1)").as(PgType.BOOLEAN)
 *         .column("people", "born").blankAsNull();
 * }</pre>
 *
 * <p>Names are compared as SQLite compares them, without regard to the case of ASCII letters. In a glob {@code *} stands for
 * any characters and {@code ?} for one.
 */
public final class TypeRules {
    private static final TypeRules STANDARD = new TypeRules(ImmutableList.of(), ImmutableList.of());

    private final ImmutableList<ColumnRule> rules;
    private final ImmutableList<Convention> conventions;

    private TypeRules(ImmutableList<ColumnRule> rules, ImmutableList<Convention> conventions) {
        this.rules = rules;
        this.conventions = conventions;
    }

    /** The standard rules alone. */
    public static TypeRules standard() {
        return STANDARD;
    }

    /** The caller's rules in their order, without the standard ones. */
    public List<ColumnRule> rules() {
        return rules;
    }

    /**
     * Adds what a library is known to write. Its rules come after all of the caller's own rules, regardless of the
     * order of calls, and before the standard ones.
     *
     * @param convention such as {@link Conventions#django()}
     */
    public TypeRules with(Convention convention) {
        Objects.requireNonNull(convention, "convention");
        return new TypeRules(
                rules,
                ImmutableList.<Convention>builder()
                        .addAll(conventions)
                        .add(convention)
                        .build());
    }

    /** The conventions in their order. */
    public List<Convention> conventions() {
        return conventions;
    }

    /**
     * Selects one column.
     *
     * @param table the table's name, unquoted
     * @param column the column's name, unquoted
     */
    public ColumnSelection column(String table, String column) {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(column, "column");
        return new ColumnSelection(
                this,
                "column " + table + "." + column,
                each -> Ascii.equalsIgnoreCase(each.table(), table) && Ascii.equalsIgnoreCase(each.name(), column),
                true);
    }

    /**
     * Selects the columns whose names match, in all tables.
     *
     * @param nameGlob a glob over the column's name, such as {@code *_at}
     */
    public ColumnSelection columns(String nameGlob) {
        return columns("*", nameGlob);
    }

    /**
     * Selects the columns whose names and tables match.
     *
     * @param tableGlob a glob over the table's name
     * @param nameGlob a glob over the column's name
     */
    public ColumnSelection columns(String tableGlob, String nameGlob) {
        Objects.requireNonNull(tableGlob, "tableGlob");
        Objects.requireNonNull(nameGlob, "nameGlob");
        return where(
                "columns " + tableGlob + "." + nameGlob,
                each -> NamePattern.matches(tableGlob, each.table()) && NamePattern.matches(nameGlob, each.name()));
    }

    /**
     * Selects the columns of one declared type, including its modifiers: {@code TINYINT(1)} is not {@code TINYINT}.
     *
     * @param declaredType the declared type; case and white space do not matter
     */
    public ColumnSelection declared(String declaredType) {
        String wanted = squeezed(Objects.requireNonNull(declaredType, "declaredType"));
        return where(
                "declared type " + declaredType,
                each -> squeezed(each.declaredType()).equals(wanted));
    }

    /**
     * Replaces texts in all columns whose names match; every other text stays as it is.
     *
     * @param nameGlob a glob over the column's name, such as {@code status}
     * @param values what each text becomes, such as {@code Map.of("error", "failed")}
     * @see ColumnSelection#mapping
     */
    public TypeRules mapping(String nameGlob, Map<String, String> values) {
        return columns(nameGlob).mapping(values);
    }

    /** Selects every column. */
    public ColumnSelection everyColumn() {
        return where("every column", each -> true);
    }

    /**
     * Selects the columns that the caller's own test picks.
     *
     * @param description what it picks, for the notice about rules that matched nothing
     * @param test the test
     */
    public ColumnSelection where(String description, Predicate<SourceColumn> test) {
        return new ColumnSelection(
                this, Objects.requireNonNull(description, "description"), Objects.requireNonNull(test, "test"), false);
    }

    /**
     * Asks the caller's own rule about every column that no earlier rule decided.
     *
     * @param description what it is, for the notice about rules that matched nothing
     * @param rule the rule
     */
    public TypeRules rule(String description, TypeRule rule) {
        return where(description, each -> true).as(rule);
    }

    TypeRules with(ColumnRule rule) {
        return new TypeRules(
                ImmutableList.<ColumnRule>builder().addAll(rules).add(rule).build(), conventions);
    }

    /** The first mapping that the caller's rules name for the column regardless of its values. */
    public Optional<TypeMapping> namedFor(SourceColumn column) {
        return rules.stream()
                .filter(rule -> rule.matches(column))
                .flatMap(rule -> rule.mapping().stream())
                .findFirst();
    }

    private static String squeezed(String declaredType) {
        return declaredType.replaceAll("\\s+", "").toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return conventions.isEmpty() ? rules.toString() : rules + " with " + conventions;
    }
}
