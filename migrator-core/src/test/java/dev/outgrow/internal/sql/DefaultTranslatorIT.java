package dev.outgrow.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.proof.DefaultProof;
import dev.outgrow.internal.proof.Finding;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an INSERT gives in both databases. */
@ExtendWith(TestPostgres.class)
class DefaultTranslatorIT {
    /** By which another clock differs. */
    private static final List<String> SKEWS =
            List.of("-25 hours", "-1 hour", "-130 seconds", "3 minutes", "14 hours", "2 days");

    private static final Map<String, TypeMapping> MAPPINGS = Map.ofEntries(
            entry("bigint", PgType.BIGINT, Representation.NATIVE),
            entry("smallint", PgType.SMALLINT, Representation.NATIVE),
            entry("boolean", PgType.BOOLEAN, Representation.BOOLEAN),
            entry("double", PgType.DOUBLE_PRECISION, Representation.NATIVE),
            entry("numeric", PgType.numeric(10, 2), Representation.DECIMAL),
            entry("text", PgType.TEXT, Representation.NATIVE),
            entry("varchar3", PgType.varchar(3), Representation.NATIVE),
            entry("bytea", PgType.BYTEA, Representation.NATIVE),
            entry("date", PgType.DATE, Representation.ISO_TEXT),
            entry("time", PgType.TIME, Representation.ISO_TEXT),
            entry("timestamp", PgType.TIMESTAMP, Representation.ISO_TEXT),
            entry("timestamptz", PgType.TIMESTAMPTZ, Representation.ISO_TEXT),
            entry("unix", PgType.TIMESTAMPTZ, Representation.UNIX_SECONDS),
            entry("unixmillis", PgType.TIMESTAMPTZ, Representation.UNIX_MILLISECONDS),
            entry("julian", PgType.TIMESTAMP, Representation.JULIAN_DAY),
            entry("uuid", PgType.UUID, Representation.UUID_TEXT),
            entry("jsonb", PgType.JSONB, Representation.JSON_TEXT));

    private static @Nullable Connection opened;

    private static Map.Entry<String, TypeMapping> entry(String name, PgType type, Representation representation) {
        return Map.entry(name, new TypeMapping(type, representation));
    }

    @BeforeAll
    static void connects(TestDatabase database) {
        opened = database.connect();
    }

    @AfterAll
    static void closes() throws SQLException {
        postgres().close();
    }

    private static Connection postgres() {
        if (opened == null) {
            throw new IllegalStateException("not connected");
        }
        return opened;
    }

    private static TypeMapping mapping(String name) {
        TypeMapping mapping = MAPPINGS.get(name);
        if (mapping == null) {
            throw new IllegalArgumentException(name);
        }
        return mapping;
    }

    private static Translation translate(String declared, String name, String text) {
        return DefaultTranslator.translate(DdlParser.defaultValue(text), mapping(name), Affinity.of(declared));
    }

    @ParameterizedTest
    @DisplayName("Defaults")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "DATETIME ; timestamp   ; current_timestamp",
                "DATETIME ; timestamp   ; datetime('now')",
                "DATETIME ; timestamptz ; CURRENT_TIMESTAMP",
                "DATETIME ; unixmillis  ; CURRENT_TIMESTAMP",
                "DATETIME ; timestamp   ; strftime('%Y-%m-%d %H:%M:%f', 'now')",
                "DATETIME ; timestamp   ; datetime('now', '+1 day')",
                "DATETIME ; timestamptz ; strftime('%Y-%m-%dT%H:%M:%fZ', CURRENT_TIMESTAMP)",
                "DATETIME ; timestamp   ; datetime(CURRENT_TIMESTAMP, '+1 day')",
                "DATETIME ; timestamptz ; datetime(datetime('now'))",
                "TEXT     ; text        ; strftime('%Y-%m-%dT%H:%M:%fZ', CURRENT_TIMESTAMP)",
                "INTEGER  ; bigint      ; strftime('%s', CURRENT_TIMESTAMP)",
                "DATE     ; date        ; date(CURRENT_TIMESTAMP)",
                "DATETIME ; timestamp   ; current_date",
                "DATE     ; date        ; current_date",
                "DATE     ; date        ; (date('now'))",
                "TIME     ; time        ; CURRENT_TIME",
                "INTEGER  ; bigint      ; strftime('%s','now')",
                "INTEGER  ; bigint      ; CAST(strftime('%s','now') AS INTEGER)",
                "INTEGER  ; bigint      ; unixepoch()",
                "INTEGER  ; bigint      ; cast(unixepoch('subsecond') * 1000 as integer)",
                "REAL     ; double      ; unixepoch('now', 'subsec')",
                "TEXT     ; text        ; strftime('%Y-%m-%d %H:%M:%f', 'now', 'subsec')",
                "TEXT     ; text        ; datetime('subsec')",
                "TEXT     ; text        ; datetime('now', '+1 day', 'subsec')",
                "TEXT     ; text        ; time('now', 'subsec')",
                "TEXT     ; text        ; date('subsecond')",
                "DATETIME ; timestamp   ; datetime('now', 'subsec')",
                "INTEGER  ; bigint      ; (strftime('%s','now') * 1000)",
                "INTEGER  ; unix        ; strftime('%s','now')",
                "INTEGER  ; unix        ; unixepoch()",
                "INTEGER  ; unixmillis  ; (strftime('%s','now') * 1000)",
                "INTEGER  ; unix        ; 0",
                "REAL     ; julian      ; julianday('now')",
                "REAL     ; double      ; julianday('now')",
                "TEXT     ; text        ; current_timestamp",
                "TEXT     ; text        ; CURRENT_DATE",
                "TEXT     ; text        ; strftime('%Y-%m-%dT%H:%M:%SZ', 'now')",
                "TEXT     ; text        ; strftime('%s','now')",
                "BLOB     ; bytea       ; (zeroblob(4))",
                "BLOB     ; bytea       ; (zeroblob(0))",
                "BLOB     ; bytea       ; (zeroblob(-1))",
                "TEXT     ; text        ; (hex(zeroblob(64)))",
                "TEXT     ; text        ; 'it''s'",
                "TEXT     ; text        ; \"dq\"",
                "TEXT     ; text        ; ''",
                "TEXT     ; text        ; \"\"",
                "TEXT     ; text        ; 'NULL'",
                "TEXT     ; text        ; NULL",
                "TEXT     ; text        ; null",
                "TEXT     ; text        ; 'back\\slash'",
                "TEXT     ; text        ; word",
                "TEXT     ; text        ; 0",
                "TEXT     ; text        ; 1.5",
                "TEXT     ; text        ; 1e3",
                "TEXT     ; text        ; TRUE",
                "TEXT     ; text        ; (1 + 2)",
                "TEXT     ; text        ; 'a' || 'b'",
                "TEXT     ; text        ; hex(randomblob(16))",
                "TEXT     ; text        ; lower(hex(randomblob(4)))",
                "TEXT     ; text        ; (lower(hex(randomblob(4)) || '-' || substr(hex(randomblob(2)), 2) || substr('89ab', abs(random()) % 4 + 1, 1)))",
                "TEXT     ; varchar3    ; 'abc'",
                "INTEGER  ; bigint      ; 0",
                "INTEGER  ; bigint      ; '0'",
                "INTEGER  ; bigint      ; -1",
                "INTEGER  ; bigint      ; +1",
                "INTEGER  ; bigint      ; 1e3",
                "INTEGER  ; bigint      ; (1+2)",
                "INTEGER  ; bigint      ; 0x7f",
                "INTEGER  ; bigint      ; -9223372036854775808",
                "INTEGER  ; bigint      ; TRUE",
                "INTEGER  ; bigint      ; NULL",
                "INTEGER  ; bigint      ; (abs(-7) % 4)",
                "NUMERIC  ; numeric     ; false",
                "NUMERIC  ; numeric     ; 0.05",
                "NUMERIC  ; numeric     ; '0.00'",
                "NUMERIC  ; numeric     ; 12345678.25",
                "REAL     ; double      ; 1",
                "REAL     ; double      ; 9e999",
                "REAL     ; double      ; -0.1",
                "REAL     ; double      ; '2.5'",
                "BOOLEAN  ; boolean     ; 1",
                "BOOLEAN  ; boolean     ; 0",
                "BOOLEAN  ; boolean     ; '1'",
                "BOOLEAN  ; boolean     ; FALSE",
                "BOOLEAN  ; boolean     ; 'FALSE'",
                "BOOLEAN  ; boolean     ; \"true\"",
                "BLOB     ; bytea       ; x'00ff'",
                "BLOB     ; bytea       ; X''",
                "BLOB     ; bytea       ; randomblob(16)",
                "DATETIME ; timestamp   ; '2000-01-01 00:00:00'",
                "DATETIME ; timestamp   ; '2000-01-01T12:34:56.789'",
                "DATETIME ; timestamptz ; \"2000-01-01 00:00:00+00:00\"",
                "DATE     ; date        ; '2000-02-29'",
                "TIME     ; time        ; '00:00:00'",
                "UUID     ; uuid        ; '6f9619ff-8b86-d011-b42d-00cf4fc964ff'",
                "UUID     ; uuid        ; (lower(hex(randomblob(16))))",
                "JSON     ; jsonb       ; '{}'"
            })
    void givesOnInsertWhatSqliteGives(String declared, String name, String text)
            throws SQLException, InterruptedException {
        Translation translation = translate(declared, name, text);
        assertThat(translation).as(text).isInstanceOf(Translation.Translated.class);
        String sql = ((Translation.Translated) translation).sql();
        Finding finding = DefaultProof.prove(postgres(), declared, text, mapping(name), sql);
        assertThat(finding.agrees()).as(text + " -> " + sql + ": " + finding).isTrue();
    }

    @ParameterizedTest
    @DisplayName("A default that the type cannot hold, or that only SQLite has, is named")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "DATETIME ; timestamp ; datetime('now', 'localtime')",
                "DATETIME ; timestamp ; ''",
                "DATETIME ; timestamp ; 0",
                "DATETIME ; timestamp ; 'now'",
                "INTEGER  ; bigint    ; 'null'",
                "INTEGER  ; bigint    ; 'abc'",
                "INTEGER  ; bigint    ; ''",
                "INTEGER  ; bigint    ; 1.5",
                "INTEGER  ; bigint    ; 9e18",
                "INTEGER  ; bigint    ; datetime('now')",
                "INTEGER  ; smallint  ; 40000",
                "NUMERIC  ; numeric   ; 0.005",
                "NUMERIC  ; numeric   ; 123456789.5",
                "BOOLEAN  ; boolean   ; 2",
                "BOOLEAN  ; boolean   ; ''",
                "TEXT     ; varchar3  ; 'abcd'",
                "TEXT     ; text      ; x'00'",
                "BLOB     ; bytea     ; 'text'",
                "UUID     ; uuid      ; ''",
                "JSON     ; jsonb     ; '{'",
                "JSON     ; jsonb     ; ''",
                "TEXT     ; text      ; app_function()"
            })
    void namesWhatDoesNotArrive(String declared, String name, String text) {
        assertThat(translate(declared, name, text)).as(text).isInstanceOf(Translation.Untranslatable.class);
    }

    @Test
    @DisplayName("The very text of the usual ones")
    void writesTheUsualOnesAsAPersonWould() {
        assertThat(translate("DATETIME", "timestamp", "current_timestamp"))
                .isEqualTo(new Translation.Translated("timezone('UTC', now())", PgType.TIMESTAMP));
        assertThat(translate("DATETIME", "timestamptz", "(datetime('now'))"))
                .isEqualTo(new Translation.Translated("now()", PgType.TIMESTAMPTZ));
        assertThat(translate("DATETIME", "timestamptz", "(strftime('%Y-%m-%dT%H:%M:%fZ', CURRENT_TIMESTAMP))"))
                .isEqualTo(new Translation.Translated("now()", PgType.TIMESTAMPTZ));
        assertThat(translate("INTEGER", "bigint", "(strftime('%s','now'))"))
                .isEqualTo(new Translation.Translated(
                        "floor(extract(epoch from timezone('UTC', now())))::bigint", PgType.BIGINT));
        assertThat(translate("TEXT", "text", "current_timestamp"))
                .isEqualTo(new Translation.Translated(
                        "to_char(timezone('UTC', now()), 'YYYY-MM-DD HH24:MI:SS')", PgType.TEXT));
        assertThat(translate("BOOLEAN", "boolean", "1")).isEqualTo(new Translation.Translated("true", PgType.BOOLEAN));
    }

    @ParameterizedTest
    @DisplayName("a wrong translation of a default is found")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "INTEGER  ; bigint    ; 1                   ; 2",
                "TEXT     ; text      ; 'a'                 ; 'A'",
                "TEXT     ; text      ; ''                  ; NULL",
                "TEXT     ; text      ; current_timestamp   ; now()::text",
                "DATETIME ; timestamp ; current_timestamp   ; timezone('UTC', now()) + interval '1 hour'",
                "DATETIME ; timestamp ; current_date        ; date_trunc('day', timezone('UTC', now())) - interval '1 day'",
                "INTEGER  ; bigint    ; strftime('%Y','now'); extract(year from now())::bigint + 70000",
                "INTEGER  ; bigint    ; strftime('%s','now'); extract(epoch from now() + interval '1 day')::bigint",
                "TEXT     ; text      ; hex(randomblob(4))  ; lower(gen_random_uuid()::text)",
                "BLOB     ; bytea     ; x'00ff'             ; '\\x00fe'::bytea"
            })
    void findsAWrongOne(String declared, String name, String text, String wrong)
            throws SQLException, InterruptedException {
        Finding finding = DefaultProof.prove(postgres(), declared, text, mapping(name), wrong);
        assertThat(finding.outcome()).isEqualTo(Finding.Outcome.DISAGREES);
    }

    @ParameterizedTest
    @DisplayName("the clock of the server may be another, and the transaction old")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "DATETIME ; timestamp   ; current_timestamp",
                "DATETIME ; timestamptz ; CURRENT_TIMESTAMP",
                "DATETIME ; timestamp   ; datetime('now', '+1 day')",
                "DATETIME ; timestamp   ; current_date",
                "DATE     ; date        ; current_date",
                "TIME     ; time        ; CURRENT_TIME",
                "INTEGER  ; bigint      ; strftime('%s','now')",
                "INTEGER  ; bigint      ; (strftime('%s','now') * 1000)",
                "INTEGER  ; unix        ; unixepoch()",
                "INTEGER  ; unixmillis  ; (strftime('%s','now') * 1000)",
                "REAL     ; julian      ; julianday('now')",
                "REAL     ; double      ; julianday('now')",
                "TEXT     ; text        ; current_timestamp"
            })
    void takesWhatAnotherClockGives(String declared, String name, String text) throws Exception {
        String sql = ((Translation.Translated) translate(declared, name, text)).sql();
        for (String skew : SKEWS) {
            Finding finding = bySkewedClock(skew, declared, name, text, sql);
            assertThat(finding.agrees()).as(skew + ": " + text + " -> " + sql).isTrue();
        }
    }

    @ParameterizedTest
    @DisplayName("a wrong translation is found by another clock too")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "DATETIME ; timestamp   ; current_timestamp ; timezone('UTC', now()) + interval '1 hour'",
                "DATETIME ; timestamptz ; current_timestamp ; now() - interval '90 seconds'",
                "DATE     ; date        ; current_date      ; timezone('UTC', now())::date + 3",
                "TIME     ; time        ; CURRENT_TIME      ; (timezone('UTC', now()) + interval '2 hours')::time"
            })
    void findsAWrongOneByAnotherClock(String declared, String name, String text, String wrong) throws Exception {
        for (String skew : SKEWS) {
            Finding finding = bySkewedClock(skew, declared, name, text, wrong);
            assertThat(finding.outcome()).as(skew).isEqualTo(Finding.Outcome.DISAGREES);
        }
    }

    /** A proof in a session whose now() is a function of another schema. */
    private static Finding bySkewedClock(String skew, String declared, String name, String text, String sql)
            throws SQLException, InterruptedException {
        try (Statement statement = postgres().createStatement()) {
            statement.execute(
                    "CREATE SCHEMA skewed; CREATE FUNCTION skewed.now() RETURNS timestamptz STABLE LANGUAGE sql AS"
                            + " $$ SELECT pg_catalog.now() + interval '" + skew + "' $$;"
                            + " SET search_path = skewed, pg_catalog, public");
            try {
                return DefaultProof.prove(postgres(), declared, text, mapping(name), sql);
            } finally {
                statement.execute("RESET search_path; DROP SCHEMA skewed CASCADE");
            }
        }
    }

    @Test
    void leavesNothingBehind() throws SQLException, InterruptedException {
        DefaultProof.prove(postgres(), "INTEGER", "1", mapping("bigint"), "1");
        assertThat(postgres().getAutoCommit()).isTrue();
        assertThat(NastyTable.values(postgres(), "SELECT count(*) FROM pg_class WHERE relname = 'outgrow_scratch'"))
                .containsExactly(0.0);
    }
}
