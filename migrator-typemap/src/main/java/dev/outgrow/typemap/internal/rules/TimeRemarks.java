package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Remark;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.RuleCall;
import dev.outgrow.typemap.Settlement;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.NumericTime;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.typemap.internal.value.SqlDates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remarks about dates and times that fit: digits, zones and years that somebody should check. */
final class TimeRemarks {
    private static final int LAST_JULIAN_YEAR = 1582;

    private static final String JULIAN =
            ". A java.sql.Timestamp or java.util.Date counts days until 4 October 1582 by the Julian"
                    + " calendar, so that an app in Java reads other days from these numbers than PostgreSQL has then: a converter can"
                    + " move them";

    private final SourceColumn column;
    private final ColumnCensus census;
    private final TypeMapping mapping;
    private final List<Remark> remarks = new ArrayList<>();

    private TimeRemarks(SourceColumn column, ColumnCensus census, TypeMapping mapping) {
        this.column = column;
        this.census = census;
        this.mapping = mapping;
    }

    /** @param fits whether every value fits, so that its unit is no longer in question */
    static List<Remark> of(SourceColumn column, ColumnCensus census, TypeMapping mapping, boolean fits) {
        TimeRemarks all = new TimeRemarks(column, census, mapping);
        PgType.Kind kind = mapping.type().kind();
        if (kind.isTemporal() || kind == PgType.Kind.INTERVAL) {
            all.digits();
        }
        if (kind == PgType.Kind.INTERVAL && mapping.converter().isEmpty()) {
            all.sinceEpoch();
        }
        if (kind.isTemporal() && mapping.converter().isEmpty()) {
            all.zone();
            all.leftOut();
            all.shownTwice();
            if (fits) {
                all.years();
            }
        }
        return all.remarks;
    }

    private void digits() {
        if (mapping.type().kind() == PgType.Kind.DATE) {
            return;
        }
        Evidence rolled = census.of(Trait.ROLLED_OVER);
        Evidence beyond = census.of(Trait.BEYOND_MICROSECOND);
        NumericTime reader = NumericTime.of(mapping);
        int kept = mapping.type().fractionDigits().orElse(6);
        String digits = reader != null && reader.isOfDays() && kept >= 3
                ? "3 digits that SQLite reads of numbers of days"
                : kept + " digits that " + mapping.type().sql() + " keeps";
        loss(
                NoticeKind.PRECISION,
                " has fractions of a second beyond the " + digits + ", to which they are rounded",
                beyond,
                Remedies.acceptance(column, NoticeKind.PRECISION));
        loss(
                NoticeKind.ROLLOVER,
                " has times that become the next day when they are rounded to the " + digits
                        + ": 24:00:00 of a time of day, the year 10000 of the last day",
                rolled,
                Remedies.acceptance(column, NoticeKind.ROLLOVER));
    }

    private void zone() {
        if (mapping.zone().isPresent()) {
            return;
        }
        Representation representation = mapping.representation();
        boolean ofDigits = representation == Representation.TIME_DIGITS;
        boolean text = representation.isIsoText() || ofDigits || representation == Representation.TIME_IN_ANY_FORM;
        boolean numbers = !representation.isIsoText() && !ofDigits;
        Evidence none = Evidence.NONE;
        if (mapping.type().kind() == PgType.Kind.TIMESTAMPTZ) {
            Evidence naive = text ? census.of(Trait.NAIVE_TIME).plus(census.of(Trait.DATE)) : none;
            loss(
                    NoticeKind.ZONE,
                    " has times without an offset, and becomes "
                            + mapping.type().sql()
                            + ": in which zone are they? Accepted as it is, they are taken for UTC",
                    naive,
                    zoneRule());
        } else if (mapping.type().kind() == PgType.Kind.TIMESTAMP) {
            Evidence instants = (text ? census.of(Trait.ZONED_TIME) : none)
                    .plus(numbers ? census.of(StorageClass.INTEGER).plus(census.of(StorageClass.REAL)) : none);
            loss(
                    NoticeKind.ZONE,
                    " has instants (numbers, or text with an offset), and becomes "
                            + mapping.type().sql()
                            + ", which keeps the wall clock of one zone: of which? Accepted as it is, of UTC",
                    instants,
                    zoneRule());
        }
    }

    private void sinceEpoch() {
        Evidence times = census.of(Trait.NAIVE_TIME);
        if (times.count() > 0) {
            remarks.add(new Remark(
                    NoticeKind.INTERVAL.word(),
                    Remark.Level.WARNING,
                    column.qualifiedName()
                            + " has dates and times, and becomes "
                            + mapping.type().sql()
                            + ": each is taken for the time that has passed since 1970, as SQLAlchemy writes durations",
                    times.count(),
                    times.keys()));
        }
    }

    private void leftOut() {
        Evidence more = census.of(Trait.MORE_THAN_TIME);
        Evidence clocks = census.of(Trait.MONOTONIC_CLOCK);
        if (clocks.count() > 0 && clocks.count() < census.values()) {
            // If other values have none, somebody printed a time instead of formatting it.
            loss(
                    NoticeKind.NORMALISED,
                    " has, among others, times as Go prints them, with the reading of its monotonic clock, which is left"
                            + " out",
                    clocks,
                    Remedies.acceptance(column, NoticeKind.NORMALISED));
        } else if (more.count() > 0) {
            remarks.add(new Remark(
                    NoticeKind.NORMALISED.word(),
                    Remark.Level.INFO,
                    column.qualifiedName()
                            + " has times with the name of a zone, or the reading of Go's monotonic clock, after their"
                            + " offset: both are left out, the offset says when it was",
                    more.count(),
                    more.keys()));
        }
    }

    private Settlement zoneRule() {
        return Remedies.rule(column, RuleCall.NAIVE_TIMES_IN_UTC);
    }

    /** In the hour that the clocks show twice, a text means the first, and the second becomes the first. */
    private void shownTwice() {
        Evidence twice = census.of(Trait.SHOWN_TWICE);
        boolean matters = mapping.zone().isPresent()
                && (mapping.type().kind() == PgType.Kind.TIMESTAMP
                        || mapping.type().kind() == PgType.Kind.TIMESTAMPTZ);
        if (matters && twice.count() > 0) {
            remarks.add(new Remark(
                    NoticeKind.OVERLAP.word(),
                    Remark.Level.WARNING,
                    column.qualifiedName() + " has times of an hour that the clocks of "
                            + mapping.zone().orElseThrow()
                            + " show twice: without an offset they are taken for the first of the two",
                    twice.count(),
                    twice.keys()));
        }
    }

    private void years() {
        Optional<Years> years = Years.of(census, mapping);
        if (years.isEmpty() || years.get().arePlausible()) {
            return;
        }
        Optional<RuleCall> likelier = Years.likelierUnit(census, mapping);
        remarks.add(new Remark(
                NoticeKind.UNIT.word(),
                Remark.Level.LOSS,
                column.qualifiedName() + " gets times of the year"
                        + (years.get().isOne() ? " " : "s ") + years.get()
                        + ", since its numbers are taken for " + TimeRules.words(mapping)
                        + ", and " + (likelier.isPresent() ? "another" : "no other") + " unit is likelier"
                        + (mayBeJulian(years.get()) ? JULIAN : ""),
                0,
                List.of(),
                Optional.of(likelier.map(unit -> Remedies.rule(column, unit))
                        .orElseGet(() -> Remedies.acceptance(column, NoticeKind.UNIT)))));
    }

    /** Whether the library that wrote the numbers may have meant other days by them; a {@code java.sql.Date} is read as it meant them. */
    private boolean mayBeJulian(Years years) {
        return mapping.representation() == Representation.UNIX_MILLISECONDS
                && years.first() <= LAST_JULIAN_YEAR
                && SqlDates.zone(mapping).isEmpty();
    }

    private void loss(NoticeKind kind, String words, Evidence evidence, Settlement settlement) {
        if (evidence.count() > 0) {
            remarks.add(new Remark(
                    kind.word(),
                    Remark.Level.LOSS,
                    column.qualifiedName() + words,
                    evidence.count(),
                    evidence.keys(),
                    Optional.of(settlement)));
        }
    }
}
