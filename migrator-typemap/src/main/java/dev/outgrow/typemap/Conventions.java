package dev.outgrow.typemap;

import static dev.outgrow.typemap.ConventionRules.binaryUuids;
import static dev.outgrow.typemap.ConventionRules.declared;
import static dev.outgrow.typemap.ConventionRules.fixedLengths;
import static dev.outgrow.typemap.ConventionRules.integers;
import static dev.outgrow.typemap.ConventionRules.integersAndKeys;
import static dev.outgrow.typemap.ConventionRules.jsonInText;
import static dev.outgrow.typemap.ConventionRules.lengths;
import static dev.outgrow.typemap.ConventionRules.millisecondsIntoTimes;
import static dev.outgrow.typemap.ConventionRules.millisecondsOrText;
import static dev.outgrow.typemap.ConventionRules.oneUnitIntoTimes;
import static dev.outgrow.typemap.ConventionRules.smallIntegers;
import static dev.outgrow.typemap.ConventionRules.timesAs;
import static dev.outgrow.typemap.ConventionRules.tinyBooleans;
import static dev.outgrow.typemap.ConventionRules.uuids;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What libraries are known to write into SQLite, each as a {@link Convention} for {@link TypeRules#with(Convention)}.
 *
 * <pre>{@code
 * migration.typeRules(TypeRules.standard().with(Conventions.django()))
 * }</pre>
 *
 * <p>In a schema that the migration makes, columns become what the library itself would make of them on PostgreSQL; in a schema
 * that exists, their values are read as the library wrote them. Where a method has a variant with a zone, the one without it is
 * for UTC, which is the library's own default.
 */
public final class Conventions {
    private static final ZoneId UTC = ZoneOffset.UTC;

    private Conventions() {}

    /**
     * sqlite-jdbc with its default {@code date_class} INTEGER, and what stands on it, such as JDBI, ORMLite and EclipseLink: {@code
     * java.sql.Date} is the millisecond of midnight in the JVM's zone, {@code Time} that of 1970-01-01, {@code Timestamp} that of the
     * instant. Seen on sqlite-jdbc 3.54.1.0 under JDBI 3.49.6, ORMLite 6.1, EclipseLink 4.0.9.
     *
     * @param zone the zone of the JVM that wrote them
     */
    public static Convention sqliteJdbc(ZoneId zone) {
        return inZoneOfJvm(
                "sqlite-jdbc",
                "sqliteJdbc",
                "seen on sqlite-jdbc 3.54.1.0 under JDBI 3.49.6, ORMLite 6.1 and EclipseLink 4.0.9",
                zone,
                ConventionRules.ofSqliteJdbc(zone));
    }

    /**
     * Hibernate ORM with the community dialect for SQLite: times as sqlite-jdbc keeps them, {@code tinyint} and its like, UUIDs of
     * 16 bytes, JSON in {@code clob}, and tables {@code …_SEQ} that become sequences. Its tables for bulk statements ({@code HT_…}
     * and {@code HTE_…}) are not made if they are empty. Seen on Hibernate 6.6.49 and 7.2.19.
     *
     * <p>{@code integer} keys become {@code bigint}, since SQLite does not tell an {@code Integer} from a {@code Long}: a rule names
     * those of the former. An {@code OffsetTime} is kept in UTC, in a column like that of a {@code LocalTime}: {@code
     * .column(…).millisecondsOfDay(UTC)} names it. Text that Hibernate would keep in a large object stays text.
     *
     * @param zone the zone of the JVM that wrote them
     */
    public static Convention hibernate(ZoneId zone) {
        return inZoneOfJvm(
                        "hibernate",
                        "hibernate",
                        "seen on Hibernate 6.6.49 and 7.2.19",
                        zone,
                        with(
                                ConventionRules.ofSqliteJdbc(zone),
                                smallIntegers(),
                                integers(),
                                lengths(),
                                fixedLengths(),
                                binaryUuids(),
                                jsonInText("CLOB", PgType.JSONB)))
                .counting("next_val")
                .scratch("hib_sess_id");
    }

    /**
     * Ebean: times as sqlite-jdbc keeps them, apart from {@code LocalDate}, which is text; booleans are {@code integer(1)}, UUIDs
     * {@code varchar(40)}, JSON is {@code clob}. Seen on Ebean 15.11.0, which read and wrote the result.
     *
     * <p>SQLite's types do not tell a {@code LocalDateTime} from an {@code Instant}, {@code @DbJsonB} from {@code @DbJson}, and lists,
     * maps and addresses from text: in a schema that the migration makes they become {@code timestamptz}, {@code json} and text, and
     * rules name those that are others.
     *
     * @param zone the zone of the JVM that wrote them
     */
    public static Convention ebean(ZoneId zone) {
        return inZoneOfJvm(
                "ebean",
                "ebean",
                "seen on Ebean 15.11.0",
                zone,
                with(
                        ConventionRules.ofSqliteJdbc(zone),
                        ConventionRules.booleans("integer(1) of 0 and 1 is a boolean", "INTEGER\\(1\\)"),
                        uuids("UUIDs are text of 40 characters at most", "VARCHAR\\(40\\)|CHAR\\(36\\)|UUID"),
                        jsonInText("CLOB", PgType.JSON),
                        smallIntegers(),
                        lengths(),
                        binaryUuids()));
    }

    /** JobRunr, whose JVM is in UTC. Seen on JobRunr 7.5.3. */
    public static Convention jobRunr() {
        return jobRunr(UTC);
    }

    /**
     * JobRunr: times as sqlite-jdbc keeps them, which become {@code timestamp} with the wall clock of the JVM's zone.
     *
     * @param zone the zone of the JVM
     */
    public static Convention jobRunr(ZoneId zone) {
        TypeMapping moment = new TypeMapping(PgType.TIMESTAMP, Representation.UNIX_MILLISECONDS).withZone(zone);
        ConventionRule times = ConventionRule.holds(
                "times are Unix milliseconds, and become timestamp",
                (column, definition) -> column.table().toLowerCase(Locale.ROOT).startsWith("jobrunr_")
                        && declared("TIMESTAMP(\\(\\d\\))?").test(column, definition),
                moment,
                PgType.Kind.TIMESTAMP,
                PgType.Kind.TIMESTAMPTZ);
        return zoned("jobrunr", "jobRunr", "seen on JobRunr 7.5.3", zone, List.of(times));
    }

    /** Django with {@code USE_TZ}, which writes UTC. Seen on Django 3.2.25. */
    public static Convention django() {
        return django(UTC);
    }

    /**
     * Django: times in one zone become {@code timestamptz}, {@code char(32)} is a UUID, {@code char(39)} an address,
     * {@code text} with a CHECK of {@code JSON_VALID} JSON, and durations are microseconds if the target has an {@code
     * interval}.
     *
     * @param zone {@code TIME_ZONE} without {@code USE_TZ}, else UTC
     */
    public static Convention django(ZoneId zone) {
        return zoned("django", "django", "seen on Django 3.2.25", zone, LibraryRules.ofDjango());
    }

    /** SQLAlchemy, in an application that keeps its times in UTC. Seen on SQLAlchemy 1.4.46. */
    public static Convention sqlAlchemy() {
        return sqlAlchemy(UTC);
    }

    /**
     * SQLAlchemy: times of one zone, whose offset it drops; {@code CHAR(32)} is a UUID, JSON stays {@code json}.
     *
     * @param zone the zone in which the application keeps its times
     */
    public static Convention sqlAlchemy(ZoneId zone) {
        return zoned(
                "sqlalchemy",
                "sqlAlchemy",
                "seen on SQLAlchemy 1.4.46",
                zone,
                List.of(
                        uuids("char(32) is a UUID", "CHAR\\(32\\)"),
                        ConventionRule.makes("JSON becomes json", declared("JSON"), column -> PgType.JSON),
                        smallIntegers(),
                        integers(),
                        lengths()));
    }

    /**
     * Rails (Active Record), as in Redmine 5.0.4: times in UTC become {@code timestamp} with the digits that they are declared with,
     * times of day, which it keeps on the first day of 2000, {@code time}. Its references are {@code integer} here and {@code bigint}
     * on PostgreSQL, so that all integers become {@code bigint}. Seen on Active Record 6.1.7.
     */
    public static Convention rails() {
        return zoned(
                "rails", "rails", "seen on Active Record 6.1.7, and in Redmine 5.0.4", UTC, LibraryRules.ofRails());
    }

    /** Laravel (Eloquent) with its default time zone UTC. Seen on Eloquent 8.83.26. */
    public static Convention laravel() {
        return laravel(UTC);
    }

    /**
     * Laravel (Eloquent): {@code tinyint(1)} is a boolean, text of JSON alone becomes {@code json}, times have no fraction.
     *
     * @param zone {@code app.timezone}
     */
    public static Convention laravel(ZoneId zone) {
        return zoned(
                "laravel",
                "laravel",
                "seen on Eloquent 8.83.26",
                zone,
                List.of(tinyBooleans(), jsonInText("TEXT", PgType.JSON), LibraryRules.withoutFraction(), lengths()));
    }

    /** Doctrine DBAL if PHP's zone is UTC. Seen on DBAL 3.6.1. */
    public static Convention doctrine() {
        return doctrine(UTC);
    }

    /**
     * Doctrine DBAL: its comments {@code (DC2Type:…)} say what a UUID and what JSON is; times have no fraction.
     *
     * @param zone the default zone of PHP
     */
    public static Convention doctrine(ZoneId zone) {
        return zoned("doctrine", "doctrine", "seen on Doctrine DBAL 3.6.1", zone, LibraryRules.ofDoctrine());
    }

    /** TypeORM in a process whose zone is UTC. Seen on TypeORM 1.1.1. */
    public static Convention typeOrm() {
        return typeOrm(UTC);
    }

    /**
     * TypeORM: times are text in UTC, which a {@code timestamp} has as the wall clock of the zone of the process.
     *
     * @param zone the zone of the process
     */
    public static Convention typeOrm(ZoneId zone) {
        return zoned("typeorm", "typeOrm", "seen on TypeORM 1.1.1", zone, LibraryRules.ofTypeOrm(zone));
    }

    /** Sequelize, which writes every time with its offset. Seen on Sequelize 6.37.8. */
    public static Convention sequelize() {
        return zoned(
                "sequelize",
                "sequelize",
                "seen on Sequelize 6.37.8",
                UTC,
                List.of(
                        tinyBooleans(),
                        timesAs(PgType.TIMESTAMPTZ),
                        ConventionRule.makes("JSON becomes json", declared("JSON"), column -> PgType.JSON),
                        smallIntegers(),
                        integersAndKeys(),
                        fixedLengths(),
                        lengths()));
    }

    /**
     * Prisma: times are ISO text with an offset, or milliseconds as its engines up to version 6 write them, and become {@code
     * timestamp(3)} in UTC. Seen on Prisma 7.10.
     */
    public static Convention prisma() {
        return zoned(
                "prisma",
                "prisma",
                "seen on Prisma 7.10",
                UTC,
                List.of(millisecondsOrText(PgType.withFraction(PgType.Kind.TIMESTAMP, 3), UTC), integersAndKeys()));
    }

    /** Knex in a process whose zone is UTC. Seen on Knex 3.3.0 with better-sqlite3. */
    public static Convention knex() {
        return knex(UTC);
    }

    /**
     * Knex: times are milliseconds, beside text in UTC that SQLite's own default wrote.
     *
     * @param zone the zone of the process, whose wall clock a {@code timestamp} without a zone has
     */
    public static Convention knex(ZoneId zone) {
        return zoned("knex", "knex", "seen on Knex 3.3.0", zone, LibraryRules.ofKnex(zone));
    }

    /**
     * MikroORM: times are milliseconds, beside text in UTC that SQLite's own default wrote; lists are text with commas
     * if the target has an array. Seen on MikroORM 6.6.16 with better-sqlite3. Its booleans are {@code integer}, its
     * strings {@code text}, as numbers and texts are.
     */
    public static Convention mikroOrm() {
        return zoned("mikroorm", "mikroOrm", "seen on MikroORM 6.6.16", UTC, LibraryRules.ofMikroOrm(UTC));
    }

    /**
     * Drizzle: times are integers of seconds or milliseconds, as each column says in the code alone, or text in UTC. Seen on Drizzle
     * 0.45.4. In a schema that the migration makes they stay integers, as the code has them.
     */
    public static Convention drizzle() {
        return zoned(
                "drizzle", "drizzle", "seen on Drizzle 0.45.4", UTC, List.of(oneUnitIntoTimes(), integersAndKeys()));
    }

    /**
     * Entity Framework Core: UUIDs are text in upper case, times text in UTC with seven digits of a second, which become {@code
     * timestamptz} of six ({@code precision:}). Text is taken for them only if all values of a column are; UUIDs in lower case are those
     * that a model has as strings, such as the keys of ASP.NET Identity. Booleans are {@code INTEGER} as numbers are, durations and
     * decimals {@code TEXT}: in a schema that the migration makes, rules name them. Seen on the schemas and books of EF Core 1.0.2,
     * 8.0.8 (with Npgsql) and 10.0.7; the library itself was not run.
     */
    public static Convention efCore() {
        return zoned(
                "efcore",
                "efCore",
                "seen on schemas of Entity Framework Core 8.0.8, which was not run",
                UTC,
                LibraryRules.ofEfCore());
    }

    /** Apple's Core Data: times are seconds since 2001. Seen on a file of iOS Notes. */
    public static Convention coreData() {
        TypeMapping times = new TypeMapping(PgType.TIMESTAMPTZ, Representation.SINCE_EPOCH).withEpoch(Epoch.CORE_DATA);
        return zoned(
                "core-data",
                "coreData",
                "seen on a file of iOS Notes",
                UTC,
                List.of(ConventionRule.holds(
                        "times are seconds since 2001",
                        declared("TIMESTAMP"),
                        times,
                        PgType.Kind.TIMESTAMP,
                        PgType.Kind.TIMESTAMPTZ)));
    }

    /**
     * Android's Room: if the target has a time, numbers are milliseconds, as most converters of apps write an {@code Instant} or {@code
     * Date}. SQLite's schema does not tell them. Seen on schemas that Room 2 exported; the library itself was not run.
     */
    public static Convention room() {
        return zoned(
                "room", "room", "seen on schemas of Room 2, which was not run", UTC, List.of(millisecondsIntoTimes()));
    }

    /**
     * GORM: {@code numeric} of 0 and 1 is a boolean, times have their offset and become {@code timestamptz}. Seen on GORM 1.9.6
     * (github.com/jinzhu/gorm), which declares {@code bool}, and on tables that gorm.io/gorm, which declares {@code numeric}, made in
     * dumps of Headscale 0.28; the latter was not run.
     */
    public static Convention gorm() {
        return zoned(
                "gorm",
                "gorm",
                "seen on GORM 1.9.6 of github.com/jinzhu, and on tables of gorm.io/gorm in Headscale",
                UTC,
                List.of(
                        ConventionRule.makes(
                                        "numeric of 0 and 1 is a boolean", declared("NUMERIC"), c -> PgType.BOOLEAN)
                                .shownBy(census -> census.values() > 0),
                        timesAs(PgType.TIMESTAMPTZ),
                        lengths()));
    }

    /**
     * Exposed: dates and times are {@code TEXT}, UUIDs {@code BINARY(16)}. Text is taken for a time only if every value of the column is
     * one, with a blank before the time of day: a column of text without values stays text, and a rule names it if it is for times. An
     * {@code Instant} is the wall clock of the JVM and becomes {@code timestamp}, as on Exposed's own PostgreSQL; what SQLite's {@code
     * CURRENT_TIMESTAMP} filled in is of UTC. Seen on Exposed 1.4.0, which read the result.
     */
    public static Convention exposed() {
        return Convention.of(
                "exposed",
                "Conventions.exposed()",
                "seen on Exposed 1.4.0, which read the result",
                null,
                LibraryRules.ofExposed());
    }

    /** One whose zone is UTC unless the caller says another. */
    private static Convention zoned(String name, String method, String basis, ZoneId zone, List<ConventionRule> rules) {
        Objects.requireNonNull(zone, "zone");
        String argument = zone.normalized().equals(UTC) ? "" : argument(zone);
        return Convention.of(name, "Conventions." + method + "(" + argument + ")", basis, zone, rules);
    }

    /** One whose caller always says the zone: it is that of the JVM that wrote. */
    private static Convention inZoneOfJvm(
            String name, String method, String basis, ZoneId zone, List<ConventionRule> rules) {
        Objects.requireNonNull(zone, "zone");
        return Convention.of(name, "Conventions." + method + "(" + argument(zone) + ")", basis, zone, rules);
    }

    private static String argument(ZoneId zone) {
        return "ZoneId.of(\"" + (zone.normalized().equals(UTC) ? "UTC" : zone) + "\")";
    }

    private static List<ConventionRule> with(List<ConventionRule> rules, ConventionRule... more) {
        return Stream.concat(rules.stream(), Stream.of(more)).toList();
    }
}
