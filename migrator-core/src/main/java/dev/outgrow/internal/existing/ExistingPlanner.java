package dev.outgrow.internal.existing;

import dev.outgrow.internal.copy.Making;
import dev.outgrow.internal.existing.TablePair.ColumnPair;
import dev.outgrow.internal.notice.ColumnNotices;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.validate.internal.catalog.TableExpectations;
import dev.outgrow.validate.internal.catalog.TableExpectations.ExpectedConstraint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides what the columns of existing tables become, from their types, the declarations and the census. */
public final class ExistingPlanner {
    private final TypeChooser chooser;
    private final Shape shape;
    private final SequencePlanner sequences;
    private final NoticeBook notices;

    public ExistingPlanner(TypeChooser chooser, Shape shape, SequencePlanner sequences, NoticeBook notices) {
        this.chooser = chooser;
        this.shape = shape;
        this.sequences = sequences;
        this.notices = notices;
    }

    /** The plan of one table. */
    public ExistingTable plan(TablePair pair, TableCensus census) {
        List<ColumnMapping> columns = new ArrayList<>();
        Set<String> computed = new HashSet<>();
        for (ColumnPair column : pair.columns()) {
            if (column.target().generated() && notices.accepts(generatedId(pair, column))) {
                notices.add(NoticeDraft.loss(
                        generatedId(pair, column),
                        "Column " + pair.source().name() + "." + column.source().name()
                                + " is not compared: the target computes it, and may compute something else."));
                continue;
            }
            ColumnMapping chosen = chosen(column, census);
            ColumnNotices.name(chosen, notices);
            largeObjects(chosen, column.target(), census.column(column.source().name()));
            if (column.target().generated()) {
                computed.add(column.target().name());
            }
            columns.add(chosen);
        }
        TableMapping mapping =
                new TableMapping(pair.source().name(), pair.target().name(), columns);
        return new ExistingTable(
                pair,
                mapping,
                census,
                computed,
                making(pair, census),
                shape.keptRows(pair.target().name()),
                keyed(pair, census, computed),
                expectations(pair, census));
    }

    /** PostgreSQL would take a number in such a column for the name of a large object that does not exist. */
    private void largeObjects(ColumnMapping column, TargetColumn place, ColumnCensus census) {
        String subject = column.column().qualifiedName();
        if (!place.namesLargeObjects() || census.values() == 0) {
            return;
        }
        notices.add(NoticeDraft.loss(
                        NoticeKind.LARGE_OBJECT.id(subject),
                        "Column " + subject + " has " + Amount.of(census.values(), "value")
                                + ", and its place is of type "
                                + place.typeName()
                                + ", which names large objects: PostgreSQL keeps the content elsewhere,"
                                + " and a number that arrives here is taken for the large object of that number.")
                .because("Columns of content have their place in columns that name large objects.")
                .counting(census.values(), List.of())
                .settledBy(
                        Remedy.Kind.FIX_TARGET,
                        "Let the app's migrations make the column bytea or text: in Hibernate,"
                                + " @JdbcTypeCode(SqlTypes.VARBINARY) or SqlTypes.LONG32VARCHAR in place of @Lob; in"
                                + " Liquibase, the types bytea and text in place of blob and clob.")
                .settledBy(new Remedy(
                        Remedy.Kind.ACCEPT,
                        ".accept(" + JavaText.literal(NoticeKind.TYPE.id(subject)) + ")",
                        "Leave the column out, and load it by hand afterwards.",
                        null))
                .acceptedTo("Take the numbers as they are, if they do name large objects of this database."));
    }

    /** The notice about a column that the target computes differently. */
    static String generatedId(TablePair pair, ColumnPair column) {
        return NoticeKind.GENERATED.id(pair.source().name(), column.source().name());
    }

    /** What the caller's expressions fill, what else they read, and defaults for NULL. */
    private Making making(TablePair pair, TableCensus census) {
        Map<String, String> fills = new LinkedHashMap<>();
        for (TargetColumn column : pair.target().columns()) {
            Optional<String> fill = shape.fillOf(pair.target().name(), column.name());
            if (fill.isPresent()
                    && !column.generated()
                    && pair.toTarget(column.name()).isEmpty()) {
                fills.put(column.name(), fill.get());
            }
        }
        List<ColumnMapping> extras = new ArrayList<>();
        for (SqliteColumn column : pair.source().columns()) {
            if (!fills.isEmpty()
                    && !column.hidden()
                    && pair.fromSource(column.name()).isEmpty()
                    && shape.fillReads(pair.target().name(), column.name())) {
                ColumnMapping chosen = chooser.choose(column.source(), census.column(column.name()));
                ColumnNotices.name(chosen, notices);
                extras.add(chosen);
            }
        }
        return new Making(extras, fills, defaults(pair, census));
    }

    private Map<String, String> defaults(TablePair pair, TableCensus census) {
        Map<String, String> defaults = new LinkedHashMap<>();
        for (ColumnPair column : pair.columns()) {
            String subject = pair.source().name() + "." + column.source().name();
            TargetColumn place = column.target();
            Evidence nulls = census.column(column.source().name()).nulls();
            if (!shape.defaultsForNull(pair.source().name(), column.source().name())
                    && !shape.defaultsForNull(pair.source().name(), place.name())) {
                continue;
            }
            if (place.generated()
                    || place.expression().isEmpty()
                    || place.sequence().isPresent()) {
                notices.refuse(
                        NoticeKind.DEFAULT.id(subject),
                        "NULL in column " + subject + " cannot become the default of " + place.name()
                                + " in the target, which has none"
                                + (place.sequence().isPresent() ? " but the next value of a sequence" : "") + ".",
                        "Leave it out of defaultForNull.");
            } else if (nulls.count() > 0) {
                defaults.put(place.name(), place.expression().get());
                notices.add(NoticeDraft.warning(
                                NoticeKind.DEFAULT.id(subject),
                                Amount.of(nulls.count(), "NULL") + " of column " + subject
                                        + Amount.verb(nulls.count(), " becomes", " become")
                                        + " the default of the target, "
                                        + place.expression().get() + ", as you said.")
                        .counting(nulls.count(), nulls.keys()));
            }
        }
        return defaults;
    }

    /** The target's own constraints decide whether NULL has a place in a key. */
    private ColumnMapping chosen(ColumnPair column, TableCensus census) {
        ColumnMapping chosen = chooser.choose(
                column.source().source(),
                census.column(column.source().name()),
                column.target().type());
        return new ColumnMapping(
                chosen.column(),
                column.target().name(),
                chosen.mapping(),
                chosen.years(),
                chosen.reason(),
                chosen.misfits().stream()
                        .filter(misfit -> misfit.kind() != Misfit.Kind.NULL_KEY)
                        .toList(),
                chosen.remarks());
    }

    private static boolean keyed(TablePair pair, TableCensus census, Set<String> computed) {
        List<String> primary =
                pair.source().primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of());
        Set<String> places = new HashSet<>();
        for (String column : primary) {
            pair.fromSource(column)
                    .filter(found ->
                            census.column(found.source().name()).nulls().count() == 0)
                    .filter(found -> !computed.contains(found.target().name()))
                    .ifPresent(found -> places.add(found.target().name()));
        }
        return !primary.isEmpty()
                && places.size() == primary.size()
                && pair.target().keys().stream()
                        .anyMatch(key -> key.predicate().isEmpty()
                                && !key.columns().isEmpty()
                                && places.equals(new HashSet<>(key.columns())));
    }

    private TableExpectations expectations(TablePair pair, TableCensus census) {
        TargetTable target = pair.target();
        List<ExpectedConstraint> constraints = new ArrayList<>();
        target.foreignKeys()
                .forEach(
                        key -> constraints.add(new ExpectedConstraint(key.name(), key.validated() && !key.disabled())));
        target.checks().forEach(check -> constraints.add(new ExpectedConstraint(check.name(), false)));
        target.columns().forEach(column -> sequences.plan(pair, column, census));
        return new TableExpectations(
                Map.of(),
                constraints,
                target.keys().stream().map(TargetTable.UniqueKey::name).toList(),
                Set.of(),
                Map.of());
    }
}
