package dev.outgrow.command;

import com.google.common.collect.ImmutableList;
import dev.outgrow.command.JsonPart.Kind;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.typemap.TypeRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person without Java says about a migration, as JSON: each rule has the name of its method in {@link TypeRules}
 * and {@code TargetSchema}, with {@code true} for no argument and an array for several.
 *
 * <pre>{@code
 * {
 *   "accept": ["view:*", "trigger:users_touch"],
 *   "rules": [
 *     {"column": "orders.paid_at", "unixSeconds": true},
 *     {"columns": "*_at", "blankAsNull": true, "naiveTimesIn": "Europe/Berlin"},
 *     {"declared": "TINYINT(1)", "as": "boolean"}
 *   ],
 *   "existing": "public",
 *   "schema": [{"seededRows": ["roles", "REPLACE"]}, {"rename": ["old", "new"]}]
 * }
 * }</pre>
 *
 * <p>Converters, lambdas and the app's own migrations are code and cannot be given there. Immutable.
 */
public final class RulesFile {
    private static final String MEMBERS = "accept, rules, created or existing, and schema";

    private final TypeRules typeRules;
    private final List<String> accepted;
    private final @Nullable TargetSchema schema;

    private RulesFile(TypeRules typeRules, List<String> accepted, @Nullable TargetSchema schema) {
        this.typeRules = typeRules;
        this.accepted = ImmutableList.copyOf(accepted);
        this.schema = schema;
    }

    /**
     * Reads a file in UTF-8.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it cannot be understood; the message names everything that is wrong, with
     *     line and column
     */
    public static RulesFile read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(Objects.requireNonNull(file, "file")), StandardCharsets.UTF_8);
        return parse(text, file.getFileName() + ", ");
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException as {@link #read}
     */
    public static RulesFile parse(String json) {
        return parse(Objects.requireNonNull(json, "json"), "");
    }

    private static RulesFile parse(String json, String where) {
        List<String> faults = new ArrayList<>();
        RulesFile file = null;
        try {
            file = of(JsonReading.read(json), faults);
        } catch (RulesFileFault e) {
            faults.add(e.getMessage());
        }
        if (file == null || !faults.isEmpty()) {
            throw new IllegalArgumentException(String.join(
                    System.lineSeparator(),
                    faults.stream().map(fault -> where + fault).toList()));
        }
        return file;
    }

    private static RulesFile of(JsonPart whole, List<String> faults) {
        demand(whole, Kind.OBJECT, "the file");
        TypeRules rules = TypeRules.standard();
        List<String> accepted = List.of();
        TargetSchema schema = null;
        Set<String> names = new HashSet<>();
        for (JsonPart.Member member : whole.members()) {
            String name = member.name().text();
            String once = name.equals("created") ? "existing" : name;
            try {
                if (!names.add(once)) {
                    throw RulesFileFault.at(
                            member.name(),
                            once.equals("existing")
                                    ? "the schema was named before: one of \"created\" and \"existing\" says it"
                                    : "\"" + name + "\" was said before");
                }
                switch (name) {
                    case "accept" -> accepted = List.of(new CallArguments(member.name(), member.value()).texts());
                    case "rules" -> rules = rules(member.value(), faults);
                    case "created", "existing" -> schema = schema(member);
                    case "schema" -> demand(member.value(), Kind.ARRAY, "\"schema\"");
                    default ->
                        throw RulesFileFault.at(
                                member.name(), "there is no \"" + name + "\" in such a file. There are " + MEMBERS);
                }
            } catch (RulesFileFault e) {
                faults.add(e.getMessage());
            }
        }
        for (JsonPart.Member member : whole.members()) {
            if (member.name().text().equals("schema")) {
                schema = reshaped(
                        Objects.requireNonNullElse(schema, TargetSchema.created("public")), member.value(), faults);
            }
        }
        return new RulesFile(rules, accepted, schema);
    }

    private static TypeRules rules(JsonPart entries, List<String> faults) {
        demand(entries, Kind.ARRAY, "\"rules\"");
        TypeRules rules = TypeRules.standard();
        for (JsonPart entry : entries.items()) {
            try {
                demand(entry, Kind.OBJECT, "a rule");
                demandOnce(entry);
                rules = RuleCalls.with(rules, entry);
            } catch (RulesFileFault e) {
                faults.add(e.getMessage());
            }
        }
        return rules;
    }

    private static TargetSchema schema(JsonPart.Member member) {
        CallArguments arguments = new CallArguments(member.name(), member.value());
        arguments.demand(1, 1, "the name of a schema");
        try {
            return member.name().text().equals("existing")
                    ? TargetSchema.existing(arguments.text(0))
                    : TargetSchema.created(arguments.text(0));
        } catch (IllegalArgumentException e) {
            throw RulesFileFault.at(member.value(), String.valueOf(e.getMessage()));
        }
    }

    private static TargetSchema reshaped(TargetSchema schema, JsonPart entries, List<String> faults) {
        TargetSchema result = schema;
        for (JsonPart entry : entries.items()) {
            try {
                demand(entry, Kind.OBJECT, "what \"schema\" says");
                demandOnce(entry);
                result = SchemaCalls.with(result, entry);
            } catch (RulesFileFault e) {
                faults.add(e.getMessage());
            }
        }
        return result;
    }

    private static void demand(JsonPart part, Kind kind, String what) {
        if (part.kind() != kind) {
            throw RulesFileFault.at(
                    part,
                    what + " must be " + kind.words() + ", and this is "
                            + part.kind().words());
        }
    }

    private static void demandOnce(JsonPart entry) {
        Set<String> names = new HashSet<>();
        for (JsonPart.Member member : entry.members()) {
            if (!names.add(member.name().text())) {
                throw RulesFileFault.at(
                        member.name(), "\"" + member.name().text() + "\" was said before in this entry");
            }
        }
    }

    /** What columns become: for {@code .typeRules(…)}. */
    public TypeRules typeRules() {
        return typeRules;
    }

    /** The ids and globs of notices: for {@code .accept(…)}. */
    public List<String> accepted() {
        return accepted;
    }

    /** The schema: for {@code .into(…)}; empty if the file does not name one. */
    public Optional<TargetSchema> schema() {
        return Optional.ofNullable(schema);
    }
}
