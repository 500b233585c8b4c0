package dev.outgrow.command;

import com.google.common.collect.ImmutableSet;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.SeededRows;
import dev.outgrow.option.TargetSchema;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a file can say about a schema, under the names of the methods of {@link ExistingSchema}. */
final class SchemaCalls {
    /** The calls. */
    private enum Call {
        SEEDED_ROWS("seededRows") {
            @Override
            ExistingSchema apply(ExistingSchema schema, CallArguments arguments) {
                arguments.demand(1, 2, "a policy, or [table, policy]");
                return arguments.count() == 1
                        ? schema.seededRows(arguments.constant(0, SeededRows.class))
                        : schema.seededRows(arguments.text(0), arguments.constant(1, SeededRows.class));
            }
        },
        BOOKKEEPING("bookkeeping") {
            @Override
            ExistingSchema apply(ExistingSchema schema, CallArguments arguments) {
                return schema.bookkeeping(arguments.texts());
            }
        },
        NOT_BOOKKEEPING("notBookkeeping") {
            @Override
            ExistingSchema apply(ExistingSchema schema, CallArguments arguments) {
                return schema.notBookkeeping(arguments.texts());
            }
        },
        RENAME("rename") {
            @Override
            ExistingSchema apply(ExistingSchema schema, CallArguments arguments) {
                arguments.demand(2, 2, "[table in SQLite, table in PostgreSQL]");
                return schema.rename(arguments.text(0), arguments.text(1));
            }
        },
        LEAVE_BEHIND("leaveBehind") {
            @Override
            ExistingSchema apply(ExistingSchema schema, CallArguments arguments) {
                return schema.leaveBehind(arguments.texts());
            }
        },
        FILL("fill") {
            @Override
            ExistingSchema apply(ExistingSchema schema, CallArguments arguments) {
                arguments.demand(3, 3, "[table, column, expression]");
                return schema.fill(arguments.text(0), arguments.text(1), arguments.text(2));
            }
        },
        DEFAULT_FOR_NULL("defaultForNull") {
            @Override
            ExistingSchema apply(ExistingSchema schema, CallArguments arguments) {
                arguments.demand(1, 2, "\"table.column\", or [table, column]");
                return arguments.count() == 1
                        ? schema.defaultForNull(arguments.text(0))
                        : schema.defaultForNull(arguments.text(0), arguments.text(1));
            }
        },
        FIRE("fire") {
            @Override
            ExistingSchema apply(ExistingSchema schema, CallArguments arguments) {
                arguments.demand(2, 2, "[table, trigger]");
                return schema.fire(arguments.text(0), arguments.text(1));
            }
        },
        CREATE_MISSING("createMissing") {
            @Override
            ExistingSchema apply(ExistingSchema schema, CallArguments arguments) {
                return schema.createMissing(arguments.texts());
            }
        };

        private final String word;

        Call(String word) {
            this.word = word;
        }

        abstract ExistingSchema apply(ExistingSchema schema, CallArguments arguments);
    }

    private static final Set<String> OF_CREATED =
            ImmutableSet.of("collateC", "lowerCaseNames", "distributed", "colocatedWith", "reference");

    private SchemaCalls() {}

    static boolean isCall(String name) {
        return name.equals("table") || OF_CREATED.contains(name) || call(name).isPresent();
    }

    /** Whether it completes the call before it. */
    static boolean isSecondHalf(String name) {
        return name.equals("from") || name.equals("into");
    }

    /**
     * The schema with what one more entry says about it.
     *
     * @throws RulesFileFault if the entry cannot be understood
     */
    static TargetSchema with(TargetSchema schema, JsonPart entry) {
        if (entry.members().isEmpty()) {
            throw RulesFileFault.at(entry, "this says nothing of the schema: there are " + words());
        }
        JsonPart.Member first = entry.members().get(0);
        String name = first.name().text();
        CallArguments arguments = new CallArguments(first.name(), first.value());
        if (OF_CREATED.contains(name)) {
            demandMembers(entry, 1, name);
            if (schema instanceof CreatedSchema created) {
                return created(created, name, arguments);
            }
            throw RulesFileFault.at(first.name(), "\"" + name + "\" is for a schema that the migration creates");
        }
        if (!(schema instanceof ExistingSchema existing)) {
            throw RulesFileFault.at(
                    first.name(),
                    "\"" + name + "\" is for a schema whose tables the app's own migrations made: say \"existing\": \""
                            + schema.name() + "\" as well");
        }
        if (name.equals("table")) {
            CallArguments query = secondHalf(entry, "from");
            arguments.demand(1, 1, "a table");
            query.demand(1, 1, "a query");
            return existing.table(arguments.text(0)).from(query.text(0));
        }
        if (name.equals("column")) {
            CallArguments target = secondHalf(entry, "into");
            arguments.demand(2, 2, "[\"table\", \"column\"]");
            target.demand(1, 1, "a column");
            return existing.column(arguments.text(0), arguments.text(1)).into(target.text(0));
        }
        Call call = call(name)
                .orElseThrow(() -> RulesFileFault.at(
                        first.name(), "there is no \"" + name + "\" for a schema. There are " + words()));
        demandMembers(entry, 1, name);
        return call.apply(existing, arguments);
    }

    private static CreatedSchema created(CreatedSchema schema, String name, CallArguments arguments) {
        return switch (name) {
            case "distributed" -> {
                arguments.demand(2, 2, "[table, column]");
                yield schema.distributed(arguments.text(0), arguments.text(1));
            }
            case "colocatedWith" -> {
                arguments.demand(1, 1, "a table");
                yield schema.colocatedWith(arguments.text(0));
            }
            case "reference" -> schema.reference(arguments.texts());
            default -> {
                arguments.demandNone();
                yield name.equals("collateC") ? schema.collateC() : schema.lowerCaseNames();
            }
        };
    }

    private static CallArguments secondHalf(JsonPart entry, String name) {
        String first = entry.members().get(0).name().text();
        demandMembers(entry, 2, first);
        JsonPart.Member second = entry.members().get(1);
        if (!second.name().text().equals(name)) {
            throw RulesFileFault.at(second.name(), "\"" + name + "\" must come after \"" + first + "\"");
        }
        return new CallArguments(second.name(), second.value());
    }

    private static void demandMembers(JsonPart entry, int count, String name) {
        if (entry.members().size() > count) {
            throw RulesFileFault.at(
                    entry.members().get(count).name(),
                    "this belongs into an entry of its own, not to \"" + name + "\"");
        }
        if (entry.members().size() < count) {
            throw RulesFileFault.at(
                    entry,
                    "\"" + name + "\" is half a sentence: " + (name.equals("table") ? "\"from\"" : "\"into\"")
                            + " is missing");
        }
    }

    /** What is allowed here, for messages. */
    static String words() {
        return String.join(
                ", ",
                Stream.concat(
                                Arrays.stream(Call.values()).map(each -> each.word),
                                Stream.concat(Stream.of("table with from", "column with into"), OF_CREATED.stream()))
                        .toList());
    }

    private static Optional<Call> call(String name) {
        return Arrays.stream(Call.values())
                .filter(each -> each.word.equals(name))
                .findFirst();
    }
}
