package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An expression of SQLite, as it was written: operators are distinguished only if SQLite distinguishes them, and
 * parentheses are kept only as the shape of the tree. The tree is never deeper than 1000 levels, so that it can be
 * walked recursively. Immutable.
 *
 * @see <a href="https://sqlite.org/lang_expr.html">SQLite, "SQL Language Expressions"</a>
 */
public sealed interface Expression {
    /** The expressions right below this one; those of queries and windows within are not among them. */
    Stream<Expression> parts();

    /** An expression with none below it. */
    sealed interface Leaf extends Expression {
        @Override
        default Stream<Expression> parts() {
            return Stream.empty();
        }
    }

    /** {@code NULL}. */
    record NullLiteral() implements Leaf {}

    /**
     * An integer of at most eight bytes, decimal or hexadecimal. {@code -9223372036854775808} is one such literal; every
     * other negative number is a {@link Unary}.
     *
     * @param value the value; hexadecimal literals are two's complement
     */
    record IntegerLiteral(long value) implements Leaf {}

    /**
     * A number with a point or an exponent, or a decimal integer of more than eight bytes, which SQLite takes for a REAL.
     *
     * @param value the double that it denotes, infinite if it is out of range
     * @param text as written, without digit separators
     */
    record RealLiteral(double value, String text) implements Leaf {}

    /**
     * {@code 'text'}.
     *
     * @param value the text without its quotes
     */
    record StringLiteral(String value) implements Leaf {}

    /**
     * {@code x'00ff'}.
     *
     * @param hex the digits, lower case, two a byte
     */
    record BlobLiteral(String hex) implements Leaf {}

    /**
     * An unquoted {@code TRUE} or {@code FALSE}: the integers 1 and 0. (SQLite would look for a column of that name first.)
     *
     * @param value which of them
     */
    record BooleanLiteral(boolean value) implements Leaf {}

    /**
     * {@code CURRENT_DATE}, {@code CURRENT_TIME} or {@code CURRENT_TIMESTAMP}: text, in UTC.
     *
     * @param unit which of them
     */
    record CurrentTime(Unit unit) implements Leaf {
        /** What is asked for. */
        public enum Unit {
            /** {@code YYYY-MM-DD}. */
            DATE,
            /** {@code HH:MM:SS}. */
            TIME,
            /** {@code YYYY-MM-DD HH:MM:SS}. */
            TIMESTAMP
        }
    }

    /**
     * {@code column}, {@code table.column} or {@code schema.table.column}. A name in double quotes that is not a column
     * in scope is a string literal to SQLite; see {@link #mayBeStringLiteral()}.
     *
     * @param schema the schema, if written
     * @param table the table or alias, if written
     * @param column the column
     */
    record ColumnRef(Optional<Name> schema, Optional<Name> table, Name column) implements Leaf {
        /** Whether SQLite reads this as a string if there is no column of that name. */
        public boolean mayBeStringLiteral() {
            return table.isEmpty() && column.quoting() == Name.Quoting.DOUBLE;
        }
    }

    /**
     * A variable such as {@code ?1} or {@code :name}; SQLite refuses it in a schema.
     *
     * @param text as written
     */
    record Parameter(String text) implements Leaf {}

    /**
     * An operator before its operand.
     *
     * @param operator the operator
     * @param operand its operand
     */
    record Unary(UnaryOperator operator, Expression operand) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.of(operand);
        }
    }

    /**
     * An operator between two operands.
     *
     * @param operator the operator
     * @param left what stands before it
     * @param right what stands after it
     */
    record Binary(BinaryOperator operator, Expression left, Expression right) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.of(left, right);
        }
    }

    /**
     * {@code a IS b}: an equality by which NULL is equal to NULL, and which is never NULL itself. All of {@code IS NULL},
     * {@code ISNULL}, {@code NOTNULL}, {@code NOT NULL} and {@code IS [NOT] DISTINCT FROM} are this.
     *
     * @param left what stands before it
     * @param right what stands after it
     * @param negated whether it is {@code IS NOT}
     */
    record Is(Expression left, Expression right, boolean negated) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.of(left, right);
        }
    }

    /**
     * {@code operand [NOT] BETWEEN low AND high}.
     *
     * @param operand the value asked about
     * @param low the least value, included
     * @param high the greatest value, included
     * @param negated whether NOT was written
     */
    record Between(Expression operand, Expression low, Expression high, boolean negated) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.of(operand, low, high);
        }
    }

    /**
     * {@code operand [NOT] IN (a, b, …)}. The list may be empty in SQLite: nothing is in it, not even NULL.
     *
     * @param operand the value asked about
     * @param list the values
     * @param negated whether NOT was written
     */
    record InList(Expression operand, List<Expression> list, boolean negated) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.concat(Stream.of(operand), list.stream());
        }

        public InList {
            list = ImmutableList.copyOf(list);
        }
    }

    /**
     * {@code operand [NOT] IN (SELECT …)}.
     *
     * @param operand the value asked about
     * @param select the query
     * @param negated whether NOT was written
     */
    record InSelect(Expression operand, Select select, boolean negated) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.of(operand);
        }
    }

    /**
     * {@code operand [NOT] IN table}, or of the rows of a table-valued function.
     *
     * @param operand the value asked about
     * @param table the table or the function with its arguments
     * @param negated whether NOT was written
     */
    record InTable(Expression operand, FromItem.Table table, boolean negated) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.of(operand);
        }
    }

    /**
     * {@code operand [NOT] LIKE pattern [ESCAPE c]} and its kin.
     *
     * @param operator which of them
     * @param operand the value asked about
     * @param pattern the pattern
     * @param escape the escape character, if written
     * @param negated whether NOT was written
     */
    record Like(
            LikeOperator operator, Expression operand, Expression pattern, Optional<Expression> escape, boolean negated)
            implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.concat(Stream.of(operand, pattern), escape.stream());
        }
    }

    /**
     * {@code CASE [base] WHEN … THEN … [ELSE …] END}.
     *
     * @param base what the WHENs are compared with; without it they are conditions
     * @param whens the branches, at least one
     * @param otherwise the ELSE, if written
     */
    record Case(Optional<Expression> base, List<When> whens, Optional<Expression> otherwise) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.of(
                            base.stream(),
                            whens.stream().map(When::when),
                            whens.stream().map(When::then),
                            otherwise.stream())
                    .flatMap(part -> part);
        }

        public Case {
            whens = ImmutableList.copyOf(whens);
        }

        /**
         * One branch.
         *
         * @param when the condition, or the value to compare with
         * @param then the result
         */
        public record When(Expression when, Expression then) {}
    }

    /**
     * {@code CAST(operand AS type)}.
     *
     * @param operand the value
     * @param type the type as written; its affinity is what counts. May be empty
     */
    record Cast(Expression operand, String type) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.of(operand);
        }
    }

    /**
     * {@code operand COLLATE name}.
     *
     * @param operand the value
     * @param collation the collating sequence
     */
    record Collate(Expression operand, Name collation) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.of(operand);
        }
    }

    /**
     * {@code name(arguments)}.
     *
     * @param name the function
     * @param arguments its arguments; none for {@code count(*)}
     * @param star whether {@code (*)} was written
     * @param distinct whether DISTINCT was written before the arguments
     * @param orderBy the ORDER BY among the arguments of an aggregate; mostly empty
     * @param filter the FILTER clause
     * @param over the OVER clause
     */
    record FunctionCall(
            Name name,
            List<Expression> arguments,
            boolean star,
            boolean distinct,
            List<OrderingTerm> orderBy,
            Optional<Expression> filter,
            Optional<Window> over)
            implements Expression {
        @Override
        public Stream<Expression> parts() {
            return Stream.concat(arguments.stream(), filter.stream());
        }

        public FunctionCall {
            arguments = ImmutableList.copyOf(arguments);
            orderBy = ImmutableList.copyOf(orderBy);
        }
    }

    /**
     * {@code EXISTS (SELECT …)}; {@code NOT EXISTS} is a {@link Unary} of it.
     *
     * @param select the query
     */
    record Exists(Select select) implements Leaf {}

    /**
     * {@code (SELECT …)}: the first row's value, or NULL.
     *
     * @param select the query
     */
    record Subselect(Select select) implements Leaf {}

    /**
     * {@code (a, b, …)}, of two or more.
     *
     * @param values the values
     */
    record RowValue(List<Expression> values) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return values.stream();
        }

        public RowValue {
            values = ImmutableList.copyOf(values);
        }
    }

    /**
     * {@code RAISE(…)}, which only triggers may use.
     *
     * @param action what happens
     * @param message the error; absent with {@link Action#IGNORE} alone
     */
    record Raise(Action action, Optional<Expression> message) implements Expression {
        @Override
        public Stream<Expression> parts() {
            return message.stream();
        }

        /** What a RAISE does. */
        public enum Action {
            /** Leaves the trigger. */
            IGNORE,
            /** Ends the transaction. */
            ROLLBACK,
            /** Undoes the statement. */
            ABORT,
            /** Ends the statement, and keeps what it did. */
            FAIL
        }
    }
}
