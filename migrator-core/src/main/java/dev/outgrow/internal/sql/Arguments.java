package dev.outgrow.internal.sql;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The arguments of a call: how many there must be, and how PostgreSQL writes them. */
public final class Arguments {
    private Arguments() {}

    /**
     * Checks that a call can be translated.
     *
     * @throws UntranslatableException if it is not
     */
    public static void expect(String name, boolean right) {
        if (!right) {
            throw UntranslatableException.of("this use of %s() has no counterpart", name);
        }
    }

    /**
     * The argument of a function that takes one.
     *
     * @throws UntranslatableException if there are none or more
     */
    public static Term only(String name, List<Term> arguments) {
        expect(name, arguments.size() == 1);
        return arguments.get(0);
    }

    /** The call of PostgreSQL's function of that name. */
    static Fragment call(String function, List<Term> arguments) {
        String places = IntStream.range(0, arguments.size())
                .mapToObj(i -> "{" + i + "}")
                .collect(Collectors.joining(", "));
        return Fragment.of(
                function + "(" + places + ")", arguments.stream().map(Term::sql).toArray(Fragment[]::new));
    }
}
