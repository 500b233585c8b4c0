package dev.outgrow.typemap;

import static dev.outgrow.typemap.ConventionRules.declared;
import static dev.outgrow.typemap.ConventionRules.defined;
import static dev.outgrow.typemap.ConventionRules.integers;
import static dev.outgrow.typemap.ConventionRules.integersAndKeys;
import static dev.outgrow.typemap.ConventionRules.jsonBy;
import static dev.outgrow.typemap.ConventionRules.lengths;
import static dev.outgrow.typemap.ConventionRules.millisecondsOrText;
import static dev.outgrow.typemap.ConventionRules.smallIntegers;
import static dev.outgrow.typemap.ConventionRules.timesAs;
import static dev.outgrow.typemap.ConventionRules.uuids;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** The longer lists of rules of {@link Conventions}. */
final class LibraryRules {
    private LibraryRules() {}

    static List<ConventionRule> ofDjango() {
        return List.of(
                ConventionRule.holds(
                                "durations are microseconds",
                                declared("BIGINT"),
                                new TypeMapping(PgType.INTERVAL, Representation.SINCE_EPOCH)
                                        .withEpoch(new Epoch(Instant.EPOCH, Duration.ofNanos(1000))),
                                PgType.Kind.INTERVAL)
                        .whereTheTypeExists(),
                timesAs(PgType.TIMESTAMPTZ),
                uuids("char(32) is a UUID", "CHAR\\(32\\)"),
                ConventionRule.makes("char(39) is an address", declared("CHAR\\(39\\)"), column -> PgType.INET),
                jsonBy(
                        "text that JSON_VALID checks is JSON",
                        declared("TEXT").and(defined("JSON_VALID(")),
                        PgType.JSONB),
                smallIntegers(),
                integers(),
                lengths());
    }

    static List<ConventionRule> ofDoctrine() {
        return List.of(
                ConventionRule.makes(
                        "(DC2Type:guid), (DC2Type:uuid) and (DC2Type:ulid) are UUIDs",
                        defined("(DC2TYPE:GUID)").or(defined("(DC2TYPE:UUID)")),
                        column -> PgType.UUID),
                jsonBy("(DC2Type:json) is JSON", defined("(DC2TYPE:JSON)"), PgType.JSON),
                withoutFraction(),
                ConventionRule.makes(
                        "times of day have no fraction",
                        declared("TIME"),
                        column -> PgType.withFraction(PgType.Kind.TIME, 0)),
                smallIntegers(),
                integers(),
                lengths());
    }

    static List<ConventionRule> ofEfCore() {
        return List.of(
                uuids("text that is a UUID in upper case in every row is one", "TEXT")
                        .shownBy(census -> census.count(Trait.LOWER_CASE) == 0),
                ConventionRule.makes(
                                "text that is a time in every row is one",
                                declared("TEXT"),
                                column -> PgType.TIMESTAMPTZ)
                        .shownBy(census -> census.values() > 0
                                && census.count(Trait.NAIVE_TIME) + census.count(Trait.ZONED_TIME) == census.values()));
    }

    static List<ConventionRule> ofRails() {
        return List.of(
                ConventionRule.makes(
                        "times of six digits become timestamp(6)",
                        declared("DATETIME\\(6\\)"),
                        column -> PgType.withFraction(PgType.Kind.TIMESTAMP, 6)),
                clocksOfOneDay(),
                ConventionRule.makes("JSON becomes json", declared("JSON"), column -> PgType.JSON),
                ConventionRule.makes(
                        "integer(1) and integer(2) become smallint",
                        declared("INTEGER\\([12]\\)"),
                        column -> PgType.SMALLINT),
                ConventionRule.makes(
                        "strings without a limit become varchar", declared("VARCHAR"), column -> PgType.varchar()),
                smallIntegers(),
                lengths());
    }

    static List<ConventionRule> ofExposed() {
        return List.of(
                text("text that is a date in every row is one", PgType.DATE, Trait.DATE),
                text("text that is a time without an offset in every row is one", PgType.TIMESTAMP, Trait.NAIVE_TIME)
                        .shownBy(LibraryRules::hasBlanks),
                text("text that is a time with an offset in every row is one", PgType.TIMESTAMPTZ, Trait.ZONED_TIME)
                        .shownBy(LibraryRules::hasBlanks),
                uuids("binary(16) is a UUID", "BINARY\\(16\\)"),
                ConventionRule.makes("single becomes real", declared("SINGLE"), column -> PgType.REAL),
                smallIntegers(),
                integers(),
                lengths());
    }

    private static ConventionRule text(String words, PgType type, Trait trait) {
        return ConventionRule.makes(words, declared("TEXT"), column -> type)
                .shownBy(census -> census.values() > 0 && census.count(trait) == census.values());
    }

    private static boolean hasBlanks(ColumnCensus census) {
        return census.count(Trait.BLANK_BETWEEN) == census.values();
    }

    static List<ConventionRule> ofMikroOrm(ZoneId zone) {
        return List.of(millisecondsOrText(PgType.TIMESTAMPTZ, zone), listsWithCommas(), integersAndKeys(), lengths());
    }

    static List<ConventionRule> ofKnex(ZoneId zone) {
        return List.of(
                millisecondsOrText(PgType.TIMESTAMPTZ, zone),
                millisecondsOrText(declared("DATE"), PgType.DATE, zone),
                uuids("char(36) is a UUID", "CHAR\\(36\\)"),
                ConventionRule.makes("JSON becomes json", declared("JSON"), column -> PgType.JSON),
                smallIntegers(),
                integersAndKeys(),
                lengths());
    }

    static List<ConventionRule> ofTypeOrm(ZoneId zone) {
        TypeMapping wallClock = new TypeMapping(PgType.TIMESTAMP, Representation.UTC_TEXT).withZone(zone);
        ConventionRule instants = ConventionRule.holds(
                        "times are text in UTC",
                        declared("DATETIME"),
                        new TypeMapping(PgType.TIMESTAMPTZ, Representation.ISO_TEXT).withZone(ZoneOffset.UTC),
                        PgType.Kind.TIMESTAMPTZ)
                .whereTheTypeExists();
        ConventionRule clocks = ConventionRule.holds(
                "times are text in UTC, and become the wall clock of " + zone,
                declared("DATETIME"),
                wallClock,
                PgType.Kind.TIMESTAMP);
        List<ConventionRule> types = List.of(smallIntegers(), integersAndKeys(), lengths());
        boolean inUtc = zone.normalized().equals(ZoneOffset.UTC);
        return inUtc
                ? types
                : Stream.concat(Stream.of(instants, clocks), types.stream()).toList();
    }

    /** Times of day as times of one day, which a {@code time} leaves out. */
    private static ConventionRule clocksOfOneDay() {
        return ConventionRule.makes(
                        "times of day are times of 2000-01-01", declared("TIME(\\(\\d\\))?"), column -> PgType.TIME)
                .shownBy(census -> census.values() > 0);
    }

    /** Lists as text with commas, which no list of JSON is. */
    private static ConventionRule listsWithCommas() {
        return ConventionRule.holds(
                        "lists are text with commas",
                        declared("TEXT"),
                        new TypeMapping(PgType.arrayOf(PgType.TEXT), Representation.COMMA_LIST),
                        PgType.Kind.ARRAY)
                .whereTheTypeExists()
                .shownBy(census -> census.count(Trait.JSON_ARRAY) == 0);
    }

    static ConventionRule withoutFraction() {
        return ConventionRule.makes(
                        "times have no fraction",
                        declared("DATETIME"),
                        column -> PgType.withFraction(PgType.Kind.TIMESTAMP, 0))
                .shownBy(census -> census.count(Trait.BEYOND_MICROSECOND) + census.count(Trait.ZONED_TIME) == 0);
    }
}
