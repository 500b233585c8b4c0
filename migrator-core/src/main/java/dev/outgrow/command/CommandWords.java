package dev.outgrow.command;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableSet;
import com.google.common.html.HtmlEscapers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates the lines of Java in messages, plans and reports into the words of a command line: {@code
 * .accept("view:*")} becomes {@code --accept 'view:*'}, {@code run()} becomes {@code "upgrade run"}, and a rule becomes
 * what stands for it in a {@linkplain RulesFile file of rules}. The command must name its verbs and options after the
 * methods of {@code Migration} and {@code Switchover}, with hyphens, except that {@code switchOver()} is {@code
 * switch}, {@code readiness()} is {@code check} and {@code active()} is {@code status}. Immutable.
 *
 * <p>What no command line can say, such as a converter, stays a line of Java, which the program must contain.
 */
public final class CommandWords {
    private static final String RULES = " in the file of --rules";

    private static final Set<String> VERBS = ImmutableSet.of(
            "plan",
            "rehearse",
            "run",
            "copyAhead",
            "switchOver",
            "status",
            "validate",
            "rollBack",
            "rehearseRollBack",
            "retire",
            "carryLateWrites",
            "discardUnfinished",
            "forget",
            "active",
            "readiness");

    /** Texts name these as methods; every other option begins with a dot. */
    private static final Set<String> OPTIONS_WITHOUT_POINT = ImmutableSet.of("planned", "rehearsed");

    private static final Set<String> OF_THE_PROGRAM =
            ImmutableSet.of("preparedBy", "convertedBy", "quiesce", "smokeTest", "check", "listener", "rule", "where");

    private static final Set<String> OF_OBJECTS = ImmutableSet.of("toString", "toJson", "toHtml");

    /** After a name, a dot or a parenthesis it is part of something else. */
    private static final Pattern START = Pattern.compile("(?<![\\w.)])(Migration\\.|Switchover\\.|\\.)?([a-z]\\w*)\\(");

    /** The text between tags, or a whole element whose content is not text. */
    private static final Pattern TEXT_OF_PAGE =
            Pattern.compile("<(?:script|style)>.*?</(?:script|style)>|>([^<]+)(?=<)", Pattern.DOTALL);

    /** Where a page broke a line of Java. */
    private static final Pattern WRAPPED = Pattern.compile("\\n *");

    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[\\w./:@%+=,…-]+");

    private final String command;

    private CommandWords(String command) {
        this.command = command;
    }

    /**
     * The words of a command.
     *
     * @param command as people type it before its verbs, such as {@code upgrade} or {@code java -jar upgrade.jar}
     */
    public static CommandWords of(String command) {
        return new CommandWords(Objects.requireNonNull(command, "command"));
    }

    /**
     * A text of this library in the words of the command. Lines of a page stay as narrow as a terminal, unless a word alone is wider.
     */
    public String in(String text) {
        Matcher start = START.matcher(Objects.requireNonNull(text, "text"));
        RewordedPage result = new RewordedPage(text);
        int done = 0;
        while (start.find(done)) {
            Optional<JavaChain> chain = JavaChain.at(text, start.start(2));
            boolean called = start.group(1) != null;
            Optional<String> words = chain.map(calls -> text.substring(start.start(2), calls.end()))
                    .flatMap(java -> JavaChain.at(WRAPPED.matcher(java).replaceAll(" "), 0))
                    .flatMap(calls -> words(called, calls.calls()));
            if (words.isPresent()) {
                result.copy(done, start.start());
                result.replace(words.get());
                done = chain.orElseThrow().end();
            } else {
                result.copy(done, start.end());
                done = start.end();
            }
        }
        result.copy(done, text.length());
        return result.end();
    }

    /** A page of this library in the words of the command; its script and its style stay as they are. */
    public String inHtml(String page) {
        Matcher text = TEXT_OF_PAGE.matcher(Objects.requireNonNull(page, "page"));
        return text.replaceAll(found -> Matcher.quoteReplacement(
                found.group(1) == null ? found.group() : ">" + escaped(in(unescaped(found.group(1))))));
    }

    private static String unescaped(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static String escaped(String text) {
        return HtmlEscapers.htmlEscaper().escape(text);
    }

    /** The words for some calls; empty if they are not calls of this library. */
    private Optional<String> words(boolean called, List<JavaCall> calls) {
        String name = calls.get(0).name();
        boolean halves = name.equals("table") || name.equals("column");
        if (halves && calls.size() > 1 && SchemaCalls.isSecondHalf(calls.get(1).name())) {
            return called ? Optional.of(schema(calls)) : Optional.empty();
        }
        if (RuleCalls.isSelector(name) || RuleCalls.isCall(name) || name.equals(ConventionCall.WITH)) {
            return called ? rules(calls) : Optional.empty();
        }
        if (SchemaCalls.isCall(name)) {
            return called ? Optional.of(schema(calls)) : Optional.empty();
        }
        if (called && OF_THE_PROGRAM.contains(name)) {
            return Optional.of("." + name + "(…) of the program");
        }
        boolean verb = VERBS.contains(name);
        boolean option = called || OPTIONS_WITHOUT_POINT.contains(name);
        if (!verb && !option) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        String spoken = "";
        for (JavaCall call : calls) {
            if (VERBS.contains(call.name())) {
                spoken = verb(call);
            } else if (!OF_OBJECTS.contains(call.name())) {
                parts.add(option(call));
            }
        }
        String options = String.join(" ", parts);
        return Optional.of(
                spoken.isEmpty()
                        ? options
                        : "\"" + command + " " + spoken + (options.isEmpty() ? "" : " " + options) + "\"");
    }

    private static String verb(JavaCall call) {
        String arguments = call.arguments().isEmpty() ? "" : " " + String.join(" ", call.words());
        return switch (call.name()) {
            case "switchOver" -> "switch";
            case "active" -> "status";
            case "readiness" -> "check";
            case "rehearse" -> arguments.isEmpty() ? "rehearse" : "rehearse --disposable" + arguments;
            case "rollBack" -> "roll-back" + (arguments.isEmpty() ? "" : " FILE");
            default -> hyphenated(call.name());
        };
    }

    private static String option(JavaCall call) {
        return switch (call.name()) {
            case "typeRules" -> inside(call).flatMap(CommandWords::rules).orElse("\"rules\": […]" + RULES);
            case "into" -> inside(call).map(CommandWords::into).orElse("\"schema\": […]" + RULES);
            case "orphans" -> orphans(call);
            case "planned", "rehearsed" -> "--" + call.name() + " FILE";
            case "sourceMayBeWritten" -> "--source-may-be-written";
            default -> {
                String option = "--" + hyphenated(call.name());
                List<String> each = call.words().stream()
                        .map(word -> word.equals("…") ? option : option + " " + quoted(word))
                        .toList();
                yield each.isEmpty() ? option : String.join(" ", each);
            }
        };
    }

    private static Optional<List<JavaCall>> inside(JavaCall call) {
        return call.arguments().isEmpty()
                ? Optional.empty()
                : JavaChain.in(call.arguments().get(0)).map(JavaChain::calls);
    }

    private static String orphans(JavaCall call) {
        List<String> words = call.words();
        String policy = words.get(0);
        List<String> keys = words.size() > 1 ? words.subList(1, words.size()) : List.of("*");
        return String.join(
                " ",
                keys.stream()
                        .map(key -> "--orphans " + quoted(key + "=" + policy))
                        .toList());
    }

    /** The rules of {@code TypeRules.standard()…}, or some of its calls alone. */
    private static Optional<String> rules(List<JavaCall> calls) {
        List<String> rules = new ArrayList<>();
        StringBuilder rule = new StringBuilder();
        boolean selected = false;
        for (JavaCall call : calls) {
            if (OF_THE_PROGRAM.contains(call.name())) {
                return Optional.of("." + call.name() + "(…) of the program");
            }
            boolean byGlob =
                    call.name().startsWith("mapping") && call.arguments().size() == 2;
            boolean begins = RuleCalls.isSelector(call.name()) || call.name().equals(ConventionCall.WITH) || byGlob;
            if (begins && !rule.isEmpty()) {
                rules.add(rule.toString());
                rule.setLength(0);
            }
            selected |= begins;
            if (byGlob) {
                rule.append(JsonWords.member(
                                new JavaCall("columns", call.arguments().subList(0, 1))))
                        .append(", ")
                        .append(JsonWords.member(
                                new JavaCall(call.name(), call.arguments().subList(1, 2))));
            } else if (!call.name().equals("standard")) {
                rule.append(rule.isEmpty() ? "" : ", ").append(JsonWords.member(call));
            }
        }
        if (rule.isEmpty()) {
            return Optional.empty();
        }
        rules.add(rule.toString());
        return Optional.of(
                selected ? "\"rules\": [{" + String.join("}, {", rules) + "}]" + RULES : String.join(", ", rules));
    }

    private static String into(List<JavaCall> calls) {
        JavaCall schema = calls.get(0);
        String name = schema.words().isEmpty() ? "SCHEMA" : schema.words().get(0);
        String option = "--" + schema.name() + " " + quoted(name.equals("…") ? "SCHEMA" : name);
        List<JavaCall> rest = calls.subList(1, calls.size());
        if (rest.isEmpty()) {
            return option;
        }
        boolean ofTheProgram = rest.stream().anyMatch(call -> OF_THE_PROGRAM.contains(call.name()));
        return ofTheProgram ? option + " with " + schema(rest) : JsonWords.member(schema) + ", " + schema(rest);
    }

    private static String schema(List<JavaCall> calls) {
        List<String> entries = new ArrayList<>();
        for (JavaCall call : calls) {
            if (OF_THE_PROGRAM.contains(call.name())) {
                return "." + call.name() + "(…) of the program";
            }
            String member = JsonWords.member(call);
            if (SchemaCalls.isSecondHalf(call.name()) && !entries.isEmpty()) {
                entries.set(entries.size() - 1, entries.get(entries.size() - 1) + ", " + member);
            } else {
                entries.add(member);
            }
        }
        return "\"schema\": [{" + String.join("}, {", entries) + "}]" + RULES;
    }

    /** A word, quoted for a Unix shell. */
    private static String quoted(String word) {
        return NEEDS_NO_QUOTES.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static String hyphenated(String name) {
        return CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_HYPHEN, name).toLowerCase(Locale.ROOT);
    }
}
