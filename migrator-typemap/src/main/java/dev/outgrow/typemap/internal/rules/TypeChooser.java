package dev.outgrow.typemap.internal.rules;

import static java.util.stream.Collectors.joining;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.ColumnRule;
import dev.outgrow.typemap.Convention;
import dev.outgrow.typemap.ConventionRule;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Remark;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.census.Trial;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what columns become: the caller's rules first, the standard rules last. It remembers which rules applied to a
 * column. Safe to share between threads.
 */
public final class TypeChooser {
    private final TypeRules rules;
    private final MisfitPolicy policy;
    private final long fieldLimit;
    private final StandardRules standard;
    private final TargetTypes target;
    private final Surroundings surroundings;
    private final ConventionChooser conventions;
    private final Set<ColumnRule> matched = Collections.synchronizedSet(new HashSet<>());

    /** A chooser for a target without the extension citext. */
    public TypeChooser(TypeRules rules, MisfitPolicy policy) {
        this(rules, policy, new TargetTypes(false, true));
    }

    /** A chooser for a target, of which no way back is proved. */
    public TypeChooser(TypeRules rules, MisfitPolicy policy, TargetTypes target) {
        this(rules, policy, Surroundings.of(target));
    }

    /** A chooser. */
    public TypeChooser(TypeRules rules, MisfitPolicy policy, Surroundings surroundings) {
        this(rules, policy, surroundings, ColumnCounter.FIELD_LIMIT);
    }

    TypeChooser(TypeRules rules, MisfitPolicy policy, Surroundings surroundings, long fieldLimit) {
        this.rules = rules;
        this.policy = policy;
        this.fieldLimit = fieldLimit;
        this.surroundings = surroundings;
        conventions = new ConventionChooser(rules.conventions(), surroundings);
        target = surroundings.target();
        standard = new StandardRules(target.citext());
    }

    /** A counter for the column that makes the tests that its rules ask for. */
    public ColumnCounter counterFor(SourceColumn column) {
        TypeMapping named = null;
        for (ColumnRule rule : rules.rules()) {
            if (named == null && rule.matches(column)) {
                named = rule.mapping()
                        .or(() -> rule.type().map(TargetRules::widest))
                        .orElse(null);
            }
        }
        return counter(
                column,
                named != null ? named : conventions.firstTrial(column, null).orElse(null));
    }

    /** A counter for a column whose type in the target is given. */
    public ColumnCounter counterFor(SourceColumn column, PgType target) {
        return counter(
                column,
                rules.namedFor(column)
                        .map(mapping -> mapping.withType(target))
                        .or(() -> isRuled(column) ? Optional.empty() : conventions.firstTrial(column, target))
                        .orElseGet(() -> TargetRules.widest(target)));
    }

    /**
     * A counter for another pass over the column; empty if the census was enough. If a rule decided only after it saw
     * the census, or if the values refuted a convention, the values are not yet tried on the mapping: choose again with
     * what this counter finds.
     */
    public Optional<ColumnCounter> recountFor(ColumnMapping chosen, ColumnCensus census) {
        return recountFor(chosen, census, null);
    }

    /**
     * The facts now.
     *
     * @param type the type of the column in the target if it exists
     */
    public Optional<ColumnCounter> recountFor(ColumnMapping chosen, ColumnCensus census, @Nullable PgType type) {
        SourceColumn column = chosen.column();
        UnaryOperator<TypeMapping> options = options(column);
        if (byRules(column, census).isEmpty() && !rules.conventions().isEmpty()) {
            Optional<Choice> choice = conventions.choose(column, census, type, options);
            if (choice.isPresent()) {
                TypeMapping mapping = choice.get().mapping();
                return Fit.isTold(mapping) || ConventionChooser.isTried(census, mapping)
                        ? Optional.empty()
                        : Optional.of(counter(column, mapping));
            }
            return conventions
                    .nextTrial(column, census, type, options)
                    .map(next -> counter(column, next.named().orElse(null)));
        }
        boolean byRule = false;
        for (ColumnRule rule : rules.rules()) {
            byRule |= rule.rule().isPresent() && rule.matches(column);
        }
        TypeMapping mapping = chosen.mapping();
        boolean told = Fit.isTold(mapping) && mapping.representation() != Representation.TEXT_OF_BYTES;
        return !byRule || told || Fit.isTried(census, mapping)
                ? Optional.empty()
                : Optional.of(counter(column, mapping));
    }

    private boolean isRuled(SourceColumn column) {
        return rules.rules().stream().anyMatch(rule -> rule.type().isPresent() && rule.matches(column));
    }

    private ColumnCounter counter(SourceColumn column, @Nullable TypeMapping named) {
        TypeMapping tried = named == null ? null : withOptions(column, named);
        TypeMapping options = tried != null ? tried : withOptions(column, TargetRules.widest(PgType.TEXT));
        boolean told = tried == null || Fit.isTold(tried);
        boolean blobsAreText = tried != null && tried.representation() == Representation.TEXT_OF_BYTES;
        return new ColumnCounter(
                column,
                told || tried == null
                        ? null
                        : Trial.of(
                                tried,
                                target.infiniteNumeric(),
                                surroundings.waysBack().apply(tried)),
                options,
                told && blobsAreText,
                fieldLimit);
    }

    /** What the column becomes in a schema that the migration makes. */
    public ColumnMapping choose(SourceColumn column, ColumnCensus census) {
        Optional<Choice> ruled = byRules(column, census);
        if (ruled.isEmpty()) {
            ruled = conventions.choose(column, census, null, options(column));
        }
        Choice choice = ruled.isPresent() ? ruled.get() : unruled(column, census);
        choice = choice.mappedTo(withOptions(column, choice.mapping()));
        Authority authority = ruled.isPresent() ? Authority.RULE : Authority.STANDARD;
        List<Misfit> misfits = Fit.misfits(column, census, choice.mapping(), authority, target);
        if (ruled.isEmpty()
                && policy == MisfitPolicy.WIDEN
                && misfits.stream().anyMatch(misfit -> misfit.kind().isOfType())) {
            Choice wide = Widening.choose(column, census, choice.mapping(), target);
            List<Misfit> left = Fit.misfits(column, census, wide.mapping(), authority, target);
            choice = wide.with(widened(column, choice, wide, misfits));
            misfits = left;
        }
        return mapping(column, census, choice, misfits, authority);
    }

    private Choice unruled(SourceColumn column, ColumnCensus census) {
        Optional<Choice> ofCoreData = TimeRules.ofCoreData(column, census, surroundings);
        return ofCoreData.isPresent() ? ofCoreData.get() : standard.choose(column, census);
    }

    /**
     * What the column becomes in an existing column.
     *
     * @param type the type of the target's column
     */
    public ColumnMapping choose(SourceColumn column, ColumnCensus census, PgType type) {
        Choice choice = byRules(column, census)
                .map(ruled -> ruled.mappedTo(ruled.mapping().withType(type)))
                .or(() -> conventions.choose(column, census, type, options(column)))
                .orElseGet(() -> TimeRules.ofCoreData(column, census, surroundings)
                        .filter(times -> type.kind().isTemporal())
                        .map(times -> times.mappedTo(times.mapping().withType(type)))
                        .orElseGet(() -> TargetRules.choose(column, census, type)));
        choice = choice.mappedTo(withOptions(column, choice.mapping()));
        List<Misfit> misfits = Fit.misfits(column, census, choice.mapping(), Authority.TARGET, target);
        boolean ofServer = type.carrier().isEmpty()
                && misfits.stream().anyMatch(misfit -> misfit.kind() == Misfit.Kind.UNREAD_FROM_CONVERTER);
        if (ofServer) {
            // The server's own input function reads more than this library does, and says what it refuses.
            choice = choice.mappedTo(choice.mapping().withType(PgType.carried(type.sql(), PgType.TEXT)));
            misfits = misfits.stream()
                    .filter(misfit -> misfit.kind() != Misfit.Kind.UNREAD_FROM_CONVERTER)
                    .toList();
        }
        return mapping(column, census, choice, misfits, Authority.TARGET);
    }

    /** The rules that have applied to no column so far, in words. */
    public List<String> unmatchedRules() {
        List<String> unmatched = new ArrayList<>();
        for (ColumnRule rule : rules.rules()) {
            if (!matched.contains(rule)) {
                unmatched.add(rule.description());
            }
        }
        return unmatched;
    }

    private Optional<Choice> byRules(SourceColumn column, ColumnCensus census) {
        Choice decided = null;
        for (ColumnRule rule : rules.rules()) {
            if (!rule.matches(column)) {
                continue;
            }
            if (rule.option().isPresent()) {
                matched.add(rule);
                continue;
            }
            Optional<Choice> answer = answer(rule, column, census);
            if (answer.isPresent()) {
                matched.add(rule);
                decided = decided == null ? answer.get() : decided;
            }
        }
        return Optional.ofNullable(decided);
    }

    private static Optional<Choice> answer(ColumnRule rule, SourceColumn column, ColumnCensus census) {
        String reason = "the rule \"" + rule.description() + "\"";
        if (rule.type().isPresent()) {
            Choice choice = TargetRules.choose(column, census, rule.type().get());
            return Optional.of(new Choice(choice.mapping(), reason, choice.remarks()));
        }
        return rule.mapping()
                .or(() -> rule.rule().flatMap(own -> own.mappingFor(column, census)))
                .map(mapping -> new Choice(mapping, reason, List.of()));
    }

    /** Which columns each rule of the caller's conventions decided so far. */
    public Map<Convention, Map<ConventionRule, Set<String>>> decidedByConvention() {
        return conventions.decided();
    }

    private UnaryOperator<TypeMapping> options(SourceColumn column) {
        return mapping -> withOptions(column, mapping);
    }

    private TypeMapping withOptions(SourceColumn column, TypeMapping mapping) {
        TypeMapping all = conventions.zoned(column, mapping);
        for (ColumnRule rule : rules.rules()) {
            if (rule.matches(column) && rule.option().isPresent()) {
                all = rule.option().get().apply(all);
            }
        }
        // A zone that belongs to a rule's representation does not apply to other times.
        return mapping.zone().isPresent() ? all.withZone(zoneOf(column, mapping)) : all;
    }

    /** The zone of a mapping that has one: for instants that which the caller said of this very column. */
    private ZoneId zoneOf(SourceColumn column, TypeMapping mapping) {
        PgType.Kind kind = mapping.type().kind();
        boolean ofInstants = kind == PgType.Kind.TIMESTAMP || kind == PgType.Kind.TIMESTAMPTZ;
        TypeMapping zoned = mapping;
        for (ColumnRule rule : rules.rules()) {
            if (ofInstants
                    && rule.isOfOneColumn()
                    && rule.matches(column)
                    && rule.option().isPresent()) {
                zoned = rule.option().get().apply(zoned);
            }
        }
        return zoned.zone().orElse(ZoneOffset.UTC);
    }

    private static Remark widened(SourceColumn column, Choice narrow, Choice wide, List<Misfit> misfits) {
        long count = misfits.stream()
                .filter(misfit -> misfit.kind().isOfType())
                .mapToLong(Misfit::count)
                .sum();
        List<String> keys = misfits.stream()
                .filter(misfit -> misfit.kind().isOfType())
                .flatMap(misfit -> misfit.keys().stream())
                .distinct()
                .limit(5)
                .toList();
        return new Remark(
                NoticeKind.WIDENED.word(),
                Remark.Level.WARNING,
                column.qualifiedName() + " becomes " + wide.mapping().type().sql() + ", " + why(narrow, wide, misfits),
                count,
                keys);
    }

    private static String why(Choice narrow, Choice wide, List<Misfit> misfits) {
        if (!narrow.mapping().type().equals(wide.mapping().type())) {
            return "since " + narrow.mapping().type().sql() + " does not hold every value";
        }
        return "values of other kinds included: "
                + misfits.stream()
                        .filter(misfit -> misfit.kind().isOfType())
                        .map(misfit -> misfit.kind().phrase())
                        .distinct()
                        .collect(joining(", "));
    }

    private static ColumnMapping mapping(
            SourceColumn column, ColumnCensus census, Choice choice, List<Misfit> misfits, Authority authority) {
        List<Remark> remarks = new ArrayList<>(choice.remarks());
        remarks.addAll(ValueRemarks.of(column, census, choice.mapping(), authority, misfits.isEmpty()));
        String years = Years.of(census, choice.mapping()).map(Years::toString).orElse("");
        return new ColumnMapping(
                column,
                column.name(),
                choice.mapping(),
                years,
                choice.reason() + (years.isEmpty() ? "" : ", of the years " + years),
                misfits,
                remarks);
    }
}
