package dev.outgrow.typemap;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One rule of {@link TypeRules}: its columns, and what it says about them. Made by the library. */
public final class ColumnRule {
    private final String description;
    private final Predicate<SourceColumn> selection;
    private final @Nullable TypeMapping mapping;
    private final @Nullable PgType type;
    private final @Nullable TypeRule rule;
    private final @Nullable UnaryOperator<TypeMapping> option;
    private final boolean ofOneColumn;

    private ColumnRule(
            String description,
            Predicate<SourceColumn> selection,
            @Nullable TypeMapping mapping,
            @Nullable PgType type,
            @Nullable TypeRule rule,
            @Nullable UnaryOperator<TypeMapping> option,
            boolean ofOneColumn) {
        this.description = description;
        this.selection = selection;
        this.mapping = mapping;
        this.type = type;
        this.rule = rule;
        this.option = option;
        this.ofOneColumn = ofOneColumn;
    }

    static ColumnRule naming(String description, Predicate<SourceColumn> selection, TypeMapping mapping) {
        return new ColumnRule(description, selection, mapping, null, null, null, false);
    }

    static ColumnRule naming(String description, Predicate<SourceColumn> selection, PgType type) {
        return new ColumnRule(description, selection, null, type, null, null, false);
    }

    static ColumnRule asking(String description, Predicate<SourceColumn> selection, TypeRule rule) {
        return new ColumnRule(description, selection, null, null, rule, null, false);
    }

    static ColumnRule option(
            String description,
            Predicate<SourceColumn> selection,
            UnaryOperator<TypeMapping> option,
            boolean ofOneColumn) {
        return new ColumnRule(description, selection, null, null, null, option, ofOneColumn);
    }

    /** The rule in words, such as {@code column orders.paid_at: UNIX_SECONDS}. */
    public String description() {
        return description;
    }

    /** Whether the rule applies to the column. */
    public boolean matches(SourceColumn column) {
        return selection.test(column);
    }

    /** The mapping that it names outright. */
    public Optional<TypeMapping> mapping() {
        return Optional.ofNullable(mapping);
    }

    /** The type that it names, if the representation is left to the values. */
    public Optional<PgType> type() {
        return Optional.ofNullable(type);
    }

    /** The caller's own rule, if it is one. */
    public Optional<TypeRule> rule() {
        return Optional.ofNullable(rule);
    }

    /** The options that it adds to a mapping that another rule decides, if it does not decide itself. */
    public Optional<UnaryOperator<TypeMapping>> option() {
        return Optional.ofNullable(option);
    }

    /** Whether it is an option of a column that the caller has named, and of no other. */
    public boolean isOfOneColumn() {
        return ofOneColumn;
    }

    @Override
    public String toString() {
        return description;
    }
}
