package dev.outgrow.command;

import static java.util.stream.Collectors.joining;

import dev.outgrow.typemap.Convention;
import dev.outgrow.typemap.Conventions;
import dev.outgrow.typemap.TypeRules;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.ZoneId;
import java.util.Arrays;

/** A convention that a file of rules names: {@code {"with": "django"}}, or {@code {"with": ["hibernate", "Europe/Berlin"]}}. */
final class ConventionCall {
    static final String WITH = "with";

    private ConventionCall() {}

    /**
     * The rules with it.
     *
     * @throws RulesFileFault if there is none of that name
     */
    static TypeRules with(TypeRules rules, JsonPart entry) {
        JsonPart.Member member = entry.members().get(0);
        if (entry.members().size() > 1) {
            throw RulesFileFault.at(
                    entry.members().get(1).name(),
                    "a convention speaks of all columns: this belongs into a rule of its own");
        }
        CallArguments arguments = new CallArguments(member.name(), member.value());
        arguments.demand(1, 2, "a convention, or [convention, zone]");
        String name = arguments.text(0);
        boolean zoned = arguments.count() == 2;
        Method method = Arrays.stream(Conventions.class.getMethods())
                .filter(each -> each.getReturnType() == Convention.class)
                .filter(each -> each.getName().equalsIgnoreCase(name) && each.getParameterCount() == (zoned ? 1 : 0))
                .findFirst()
                .orElseThrow(() -> RulesFileFault.at(
                        member.value(),
                        "there is no convention \"" + name + "\" " + (zoned ? "that takes a zone" : "without a zone")
                                + ". There are " + names(zoned ? 1 : 0)));
        ZoneId[] zone = zoned
                ? new ZoneId[] {arguments.read(1, RuleCalls::zone, "a zone such as UTC, Europe/Berlin or +02:00")}
                : new ZoneId[0];
        try {
            return rules.with((Convention) method.invoke(null, (Object[]) zone));
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Conventions." + name + " cannot be called", e);
        }
    }

    private static String names(int parameters) {
        return Arrays.stream(Conventions.class.getMethods())
                .filter(each -> each.getReturnType() == Convention.class && each.getParameterCount() == parameters)
                .map(Method::getName)
                .sorted()
                .collect(joining(", "));
    }
}
