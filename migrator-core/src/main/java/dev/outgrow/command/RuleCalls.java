package dev.outgrow.command;

import dev.outgrow.typemap.ColumnSelection;
import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeRules;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The rules of {@link TypeRules} that can stand in a file, called as their methods are. */
final class RuleCalls {
    /** The columns of a rule. */
    private enum Selector {
        COLUMN("column") {
            @Override
            ColumnSelection of(TypeRules rules, CallArguments arguments) {
                if (arguments.count() == 1) {
                    List<String> names = arguments.read(
                            0,
                            RuleCalls::tableAndColumn,
                            "\"table.column\": if a name has a point in it, write [\"table\", \"column\"]");
                    return rules.column(names.get(0), names.get(1));
                }
                arguments.demand(2, 2, "a table and a column: \"table.column\", or [\"table\", \"column\"]");
                return rules.column(arguments.text(0), arguments.text(1));
            }
        },
        COLUMNS("columns") {
            @Override
            ColumnSelection of(TypeRules rules, CallArguments arguments) {
                arguments.demand(1, 2, "a glob of columns, or [glob of tables, glob of columns]");
                return arguments.count() == 1
                        ? rules.columns(arguments.text(0))
                        : rules.columns(arguments.text(0), arguments.text(1));
            }
        },
        DECLARED("declared") {
            @Override
            ColumnSelection of(TypeRules rules, CallArguments arguments) {
                arguments.demand(1, 1, "one declared type");
                return rules.declared(arguments.text(0));
            }
        },
        EVERY_COLUMN("everyColumn") {
            @Override
            ColumnSelection of(TypeRules rules, CallArguments arguments) {
                arguments.demandNone();
                return rules.everyColumn();
            }
        };

        private final String word;

        Selector(String word) {
            this.word = word;
        }

        abstract ColumnSelection of(TypeRules rules, CallArguments arguments);
    }

    /** What a rule says about its columns. */
    private enum Call {
        AS("as", RuleCalls::as),
        SINCE("since", RuleCalls::since),
        UNIX_SECONDS("unixSeconds", ColumnSelection::unixSeconds),
        UNIX_MILLISECONDS("unixMilliseconds", ColumnSelection::unixMilliseconds),
        UNIX_MICROSECONDS("unixMicroseconds", ColumnSelection::unixMicroseconds),
        JULIAN_DAY("julianDay", ColumnSelection::julianDay),
        DATE_IN("dateIn", (columns, arguments) -> columns.dateIn(zone(arguments))),
        MILLISECONDS_OF_DAY("millisecondsOfDay", (columns, arguments) -> columns.millisecondsOfDay(zone(arguments))),
        NAIVE_TIMES_IN("naiveTimesIn", (columns, arguments) -> columns.naiveTimesIn(zone(arguments))),
        UTC_AS_WALL_CLOCK_OF("utcAsWallClockOf", (columns, arguments) -> columns.utcAsWallClockOf(zone(arguments))),
        TIMES_IN_ANY_FORM("timesInAnyForm", RuleCalls::timesInAnyForm),
        DURATION_IN("durationIn", RuleCalls::durationIn),
        COMMA_LIST("commaList", ColumnSelection::commaList),
        DOT_NET_GUIDS("dotNetGuids", ColumnSelection::dotNetGuids),
        BASE64("base64", ColumnSelection::base64),
        MAPPING("mapping", (columns, arguments) -> columns.mapping(arguments.map())),
        MAPPING_IGNORING_CASE(
                "mappingIgnoringCase", (columns, arguments) -> columns.mappingIgnoringCase(arguments.map())),
        ZERO_DATE_AS_NULL("zeroDateAsNull", ColumnSelection::zeroDateAsNull),
        BLANK_AS_NULL("blankAsNull", ColumnSelection::blankAsNull),
        STRIP_NUL("stripNul", ColumnSelection::stripNul),
        ESCAPE_NUL("escapeNul", ColumnSelection::escapeNul),
        REPLACE_INVALID("replaceInvalid", ColumnSelection::replaceInvalid),
        LATIN1("latin1", ColumnSelection::latin1),
        NON_ZERO_AS_TRUE("nonZeroAsTrue", ColumnSelection::nonZeroAsTrue);

        private final String word;

        @SuppressWarnings("ImmutableEnumChecker") // References to methods, which hold nothing.
        private final BiFunction<ColumnSelection, CallArguments, TypeRules> rule;

        Call(String word, Function<ColumnSelection, TypeRules> rule) {
            this(word, (columns, arguments) -> {
                arguments.demandNone();
                return rule.apply(columns);
            });
        }

        Call(String word, BiFunction<ColumnSelection, CallArguments, TypeRules> rule) {
            this.word = word;
            this.rule = rule;
        }
    }

    private RuleCalls() {}

    static boolean isSelector(String name) {
        return selector(name).isPresent();
    }

    static boolean isCall(String name) {
        return call(name).isPresent();
    }

    /**
     * The rules with those of one more entry.
     *
     * @throws RulesFileFault if the entry cannot be understood
     */
    static TypeRules with(TypeRules rules, JsonPart entry) {
        if (!entry.members().isEmpty() && entry.members().get(0).name().text().equals(ConventionCall.WITH)) {
            return ConventionCall.with(rules, entry);
        }
        JsonPart.Member columns = null;
        for (JsonPart.Member member : entry.members()) {
            String name = member.name().text();
            if (isSelector(name) && columns != null) {
                throw RulesFileFault.at(
                        member.name(),
                        "this rule speaks of columns twice: by \""
                                + columns.name().text() + "\", too");
            }
            if (!isSelector(name) && !isCall(name)) {
                throw RulesFileFault.at(member.name(), "there is no \"" + name + "\" in a rule. There are " + words());
            }
            columns = isSelector(name) ? member : columns;
        }
        if (columns == null) {
            throw RulesFileFault.at(entry, "this rule does not say of which columns it speaks: " + words());
        }
        if (entry.members().size() == 1) {
            throw RulesFileFault.at(entry, "this rule says nothing of its columns: " + words());
        }
        Selector selector = selector(columns.name().text()).orElseThrow();
        CallArguments selection = new CallArguments(columns.name(), columns.value());
        TypeRules result = rules;
        for (JsonPart.Member member : entry.members()) {
            if (!member.equals(columns)) {
                result = call(member.name().text())
                        .orElseThrow()
                        .rule
                        .apply(selector.of(result, selection), new CallArguments(member.name(), member.value()));
            }
        }
        return result;
    }

    /** What is allowed here, for messages. */
    static String words() {
        return "one of "
                + String.join(
                        ", ",
                        Arrays.stream(Selector.values()).map(each -> each.word).toList())
                + ", and some of "
                + String.join(
                        ", ",
                        Arrays.stream(Call.values()).map(each -> each.word).toList())
                + "; or with";
    }

    private static Optional<Selector> selector(String name) {
        return Arrays.stream(Selector.values())
                .filter(each -> each.word.equals(name))
                .findFirst();
    }

    private static Optional<Call> call(String name) {
        return Arrays.stream(Call.values())
                .filter(each -> each.word.equals(name))
                .findFirst();
    }

    private static List<String> tableAndColumn(String text) {
        List<String> names = List.of(text.split("\\.", -1));
        if (names.size() != 2) {
            throw new IllegalArgumentException(text);
        }
        return names;
    }

    private static TypeRules as(ColumnSelection columns, CallArguments arguments) {
        arguments.demand(1, 2, "a type of PostgreSQL, or [type, how SQLite holds it]");
        PgType type = arguments.read(0, TypeText::read, "a type that a rule can name: " + TypeText.EXAMPLES);
        return arguments.count() == 1
                ? columns.as(type)
                : columns.as(type, arguments.constant(1, Representation.class));
    }

    private static TypeRules since(ColumnSelection columns, CallArguments arguments) {
        arguments.demand(1, 2, "an epoch, or [instant, unit] such as [\"2001-01-01T00:00:00Z\", \"seconds\"]");
        if (arguments.count() == 1) {
            return columns.since(arguments.read(
                    0, RuleCalls::epoch, "one of CORE_DATA, MAC, FILETIME, WEBKIT, OLE and DOT_NET_TICKS"));
        }
        Instant start = arguments.read(
                0,
                text -> text.equalsIgnoreCase("EPOCH") ? Instant.EPOCH : Instant.parse(text),
                "an instant such as 2001-01-01T00:00:00Z");
        ChronoUnit unit = arguments.constant(1, ChronoUnit.class);
        return arguments.read(1, text -> columns.since(start, unit), "a unit from nanos to weeks");
    }

    private static Epoch epoch(String name) {
        return switch (name) {
            case "CORE_DATA" -> Epoch.CORE_DATA;
            case "MAC" -> Epoch.MAC;
            case "FILETIME" -> Epoch.FILETIME;
            case "WEBKIT" -> Epoch.WEBKIT;
            case "OLE" -> Epoch.OLE;
            case "DOT_NET_TICKS" -> Epoch.DOT_NET_TICKS;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static TypeRules timesInAnyForm(ColumnSelection columns, CallArguments arguments) {
        arguments.demand(0, 1, "true, or the unit of its numbers");
        return arguments.count() == 0
                ? columns.timesInAnyForm()
                : columns.timesInAnyForm(arguments.constant(0, ChronoUnit.class));
    }

    private static TypeRules durationIn(ColumnSelection columns, CallArguments arguments) {
        arguments.demand(1, 1, "a unit such as \"seconds\"");
        ChronoUnit unit = arguments.constant(0, ChronoUnit.class);
        return arguments.read(0, text -> columns.durationIn(unit), "a unit from nanos to weeks");
    }

    private static ZoneId zone(CallArguments arguments) {
        arguments.demand(1, 1, "a zone such as \"UTC\" or \"Europe/Berlin\"");
        return arguments.read(0, RuleCalls::zone, "a zone such as UTC, Europe/Berlin or +02:00");
    }

    /** The JVM's zone has the name of its method. */
    static ZoneId zone(String text) {
        return text.equals("systemDefault") ? ZoneId.systemDefault() : ZoneId.of(text);
    }
}
