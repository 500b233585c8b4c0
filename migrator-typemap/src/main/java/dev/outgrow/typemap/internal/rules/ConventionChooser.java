package dev.outgrow.typemap.internal.rules;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Convention;
import dev.outgrow.typemap.ConventionRule;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.declared.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the caller's conventions make of columns: a mapping is tried on every value, and taken if the values confirm it. It
 * remembers which rule decided which columns. Safe to share between threads.
 */
final class ConventionChooser {
    private static final int MOST_CANDIDATES = 3;

    private static final Set<Representation> UNITS =
            Set.of(Representation.UNIX_SECONDS, Representation.UNIX_MILLISECONDS, Representation.UNIX_MICROSECONDS);

    private final ImmutableList<Convention> conventions;
    private final Surroundings surroundings;
    private final Map<Convention, Map<ConventionRule, Set<String>>> decided = new LinkedHashMap<>();

    ConventionChooser(List<Convention> conventions, Surroundings surroundings) {
        this.conventions = ImmutableList.copyOf(conventions);
        this.surroundings = surroundings;
        for (Convention convention : conventions) {
            decided.put(convention, new LinkedHashMap<>());
        }
    }

    /** A rule that applies to a column, and its mapping before the values are known. */
    private record Candidate(Convention convention, ConventionRule rule, TypeMapping named, boolean ofType) {}

    /** What to try on the column first; empty if no convention applies to it. */
    Optional<TypeMapping> firstTrial(SourceColumn column, @Nullable PgType target) {
        List<Candidate> candidates = conventions.isEmpty() ? List.of() : candidates(column, target);
        return candidates.isEmpty()
                ? Optional.empty()
                : Optional.of(candidates.get(0).named());
    }

    /**
     * What to try next if the values refute what was tried: another rule, or what would be tried without conventions.
     *
     * @param options what the caller's options make of a mapping
     */
    Optional<NextTrial> nextTrial(
            SourceColumn column, ColumnCensus census, @Nullable PgType target, UnaryOperator<TypeMapping> options) {
        List<Candidate> candidates = candidates(column, target);
        for (int i = 0; i < candidates.size(); i++) {
            if (census.tried()
                    .filter(options.apply(candidates.get(i).named())::equals)
                    .isPresent()) {
                List<Candidate> others = candidates.subList(i + 1, candidates.size());
                return Optional.of(
                        !others.isEmpty() && isTextAnyway(column, target)
                                ? new NextTrial(
                                        Optional.of(likelier(others, census).named()))
                                : new NextTrial(Optional.ofNullable(target).map(TargetRules::widest)));
            }
        }
        return Optional.empty();
    }

    /** The first that the census of another time has not refuted, since there is only one more pass; else the first. */
    private static Candidate likelier(List<Candidate> candidates, ColumnCensus census) {
        boolean ofTimes = census.tried().filter(ConventionChooser::isTime).isPresent();
        for (Candidate candidate : candidates) {
            if (!ofTimes || !isTime(candidate.named()) || candidate.rule().isShownBy(census)) {
                return candidate;
            }
        }
        return candidates.get(0);
    }

    private static boolean isTime(TypeMapping mapping) {
        return mapping.type().kind().isTemporal();
    }

    /**
     * What to try next.
     *
     * @param named empty if the values decide
     */
    record NextTrial(Optional<TypeMapping> named) {}

    /** If a column is text unless a rule is confirmed, any census tells everything needed about text. */
    private static boolean isTextAnyway(SourceColumn column, @Nullable PgType target) {
        return target == null && Family.of(column) == Family.TEXT;
    }

    private List<Candidate> candidates(SourceColumn column, @Nullable PgType target) {
        String definition = surroundings.definitions().apply(column);
        List<Candidate> found = new ArrayList<>();
        for (Convention convention : conventions) {
            for (ConventionRule rule : convention.rules()) {
                Optional<TypeMapping> mapping =
                        target == null ? rule.mapping(column, definition) : rule.mapping(column, definition, target);
                mapping.ifPresent(named -> found.add(new Candidate(convention, rule, named, false)));
                if (target == null) {
                    rule.type(column, definition)
                            .ifPresent(
                                    type -> found.add(new Candidate(convention, rule, TargetRules.widest(type), true)));
                }
            }
        }
        return found.subList(0, Math.min(MOST_CANDIDATES, found.size()));
    }

    /**
     * What the column becomes by a rule that its values confirm.
     *
     * @param options what the caller's options make of a mapping
     */
    Optional<Choice> choose(
            SourceColumn column, ColumnCensus census, @Nullable PgType target, UnaryOperator<TypeMapping> options) {
        if (conventions.isEmpty()) {
            return Optional.empty();
        }
        for (Candidate candidate : candidates(column, target)) {
            TypeMapping tried = options.apply(candidate.named());
            TypeMapping mapping = candidate.ofType()
                    ? options.apply(
                            TargetRules.choose(column, census, tried.type()).mapping())
                    : byValues(census, tried);
            boolean told = candidate.ofType() && Fit.isTold(tried);
            if ((told || census.tried().filter(tried::equals).isPresent())
                    && candidate.rule().isShownBy(census)
                    && fits(column, census, mapping)) {
                return Optional.of(chosen(candidate.convention(), candidate.rule(), column, mapping));
            }
        }
        return target == null ? Optional.empty() : ofOneUnit(column, census, target, options);
    }

    /** Numbers of one unit, which those make certain that are times of 1971 to 2100 in that unit alone. */
    private Optional<Choice> ofOneUnit(
            SourceColumn column, ColumnCensus census, PgType target, UnaryOperator<TypeMapping> options) {
        String definition = surroundings.definitions().apply(column);
        List<Trait> units = Stream.of(Trait.UNIX_SECONDS, Trait.UNIX_MILLISECONDS, Trait.UNIX_MICROSECONDS)
                .filter(unit -> census.count(unit) > 0)
                .toList();
        long numbers = census.count(StorageClass.INTEGER) + census.count(StorageClass.REAL);
        if (units.size() != 1 || numbers != census.values()) {
            return Optional.empty();
        }
        TypeMapping mapping = options.apply(new TypeMapping(target, TimeRules.unitOf(census)));
        for (Convention convention : conventions) {
            for (ConventionRule rule : convention.rules()) {
                if (rule.isOfOneUnit(column, definition, target)) {
                    return Optional.of(chosen(convention, rule, column, mapping));
                }
            }
        }
        return Optional.empty();
    }

    private Choice chosen(Convention convention, ConventionRule rule, SourceColumn column, TypeMapping mapping) {
        synchronized (decided) {
            decided.computeIfAbsent(convention, any -> new LinkedHashMap<>())
                    .computeIfAbsent(rule, any -> new TreeSet<>())
                    .add(column.qualifiedName());
        }
        return new Choice(mapping, "the convention \"" + convention.name() + "\": " + rule.words(), List.of());
    }

    /** Whether every value was tried on the mapping; of numbers of a unit, on that very unit. */
    static boolean isTried(ColumnCensus census, TypeMapping mapping) {
        boolean ofUnit = UNITS.contains(mapping.representation());
        return ofUnit ? census.tried().equals(Optional.of(mapping)) : Fit.isTried(census, mapping);
    }

    private boolean fits(SourceColumn column, ColumnCensus census, TypeMapping mapping) {
        return census.count(Trait.SHORTENED) == 0
                && Fit.misfits(column, census, mapping, Authority.RULE, surroundings.target()).stream()
                        .allMatch(misfit -> misfit.kind() == Misfit.Kind.NULL_KEY);
    }

    /** For times in any form: the form, if they all have the same. */
    private static TypeMapping byValues(ColumnCensus census, TypeMapping mapping) {
        long texts = census.count(StorageClass.TEXT);
        if (mapping.representation() != Representation.TIME_IN_ANY_FORM || texts == 0 || texts != census.values()) {
            return mapping;
        }
        return mapping.withRepresentation(
                census.count(Trait.ZONED_TIME) == texts
                        ? Representation.ISO_TEXT_WITH_OFFSET
                        : Representation.ISO_TEXT);
    }

    /** Gives times that name no zone the zone of the first convention that has one. */
    TypeMapping zoned(SourceColumn column, TypeMapping mapping) {
        boolean temporal =
                mapping.type().kind().isTemporal() || Family.of(column).isTemporal();
        if (!temporal || mapping.zone().isPresent()) {
            return mapping;
        }
        for (Convention convention : conventions) {
            if (convention.zone().isPresent()) {
                return mapping.withZone(convention.zone().get());
            }
        }
        return mapping;
    }

    /** Which columns each rule decided, by convention. */
    Map<Convention, Map<ConventionRule, Set<String>>> decided() {
        synchronized (decided) {
            ImmutableMap.Builder<Convention, Map<ConventionRule, Set<String>>> all = ImmutableMap.builder();
            for (Map.Entry<Convention, Map<ConventionRule, Set<String>>> each : decided.entrySet()) {
                all.put(each.getKey(), ImmutableMap.copyOf(each.getValue()));
            }
            return all.buildOrThrow();
        }
    }
}
