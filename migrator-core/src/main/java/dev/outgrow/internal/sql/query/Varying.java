package dev.outgrow.internal.sql.query;

import com.google.common.base.Ascii;
import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.ddl.Expression;
import java.util.List;

/** Values that are others each time, so that no comparison can prove their translation. */
final class Varying {
    private Varying() {}

    /** Refuses an expression that decides by chance which rows a query gives. */
    static void refuseChance(Expression expression) {
        if (expression instanceof Expression.FunctionCall call && isRandom(call)) {
            throw new UntranslatableException("it is random, so that nothing could prove the translation");
        }
        expression.parts().forEach(Varying::refuseChance);
    }

    /** Refuses an expression whose value is random, or shows the milliseconds of the present. */
    static void refuseShown(Expression expression) {
        refuseChance(expression);
        refuseMilliseconds(expression);
    }

    private static void refuseMilliseconds(Expression expression) {
        if (expression instanceof Expression.FunctionCall call && showsMilliseconds(call)) {
            throw new UntranslatableException(
                    "it shows the milliseconds of the present, so that nothing could prove the translation");
        }
        expression.parts().forEach(Varying::refuseMilliseconds);
    }

    private static boolean isRandom(Expression.FunctionCall call) {
        String name = Ascii.toLowerCase(call.name().text());
        return name.equals("random") || name.equals("randomblob");
    }

    private static boolean showsMilliseconds(Expression.FunctionCall call) {
        List<Expression> arguments = call.arguments();
        return call.name().names("strftime")
                && !arguments.isEmpty()
                && arguments.get(0) instanceof Expression.StringLiteral format
                && format.value().contains("%f")
                && (arguments.size() == 1
                        || (arguments.get(1) instanceof Expression.StringLiteral time
                                && Ascii.equalsIgnoreCase(time.value().strip(), "now")));
    }
}
