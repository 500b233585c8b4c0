package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Targets in which look-alikes of the functions and operators of PostgreSQL stand where our statements might find them. */
@Thorough
@ExtendWith({TestPostgres.class, ReadsMessages.class})
@Timeout(600)
class TrappedTargetIT {
    /** The arguments are of the types that a driver or a loose literal would give: each fits better than the server's own. */
    private static final String[] FUNCTIONS = {
        "hashtext(varchar) int",
        "pg_advisory_xact_lock(int, int) int",
        "to_char(timestamp, varchar) text",
        "nextval(varchar) bigint",
        "pg_get_serial_sequence(varchar, varchar) text",
        "pg_size_bytes(varchar) bigint",
        "set_config(varchar, varchar, bool) text",
        "current_setting(varchar) text",
        "current_setting(text) text",
        "coalesce(varchar, varchar) text",
        "concat_ws(text, text) text",
        "concat_ws(text, bigint) text",
        "left(varchar, int) text",
        "length(varchar) int",
        "lower(varchar) text",
        "format(varchar, varchar) text",
        "pg_get_constraintdef(oid) text",
        "format_type(oid, int) text",
        "now() timestamptz",
        "max(varchar) varchar",
        "to_regclass(varchar) regclass",
        "unnest(varchar[]) text",
        "obj_description(oid, varchar) text",
        "upper(varchar) text",
        "nullif(varchar, varchar) text",
        "clock_timestamp() timestamptz",
        "pg_encoding_to_char(int) name",
        "host(inet) text",
        "has_database_privilege(name, varchar) bool",
        "has_schema_privilege(oid, varchar) bool",
        "current_database() name",
        "generate_series(int, bigint) int",
    };

    private static final String[][] OPERATORS = {
        {"=", "name", "varchar"},
        {"=", "text", "varchar"},
        {"=", "varchar", "varchar"},
        {"=", "varchar", "text"},
        {"=", "bigint", "varchar"},
        {"=", "name", "name"},
        {"||", "text", "name"},
        {"||", "varchar", "varchar"},
        {"||", "text", "bigint"},
        {"<>", "text", "varchar"},
        {"=", "\"char\"", "text"},
        {"=", "\"char\"", "varchar"},
        {"=", "oid", "oid"},
        {"~~", "name", "varchar"},
        {"~~", "text", "text"},
        {"=", "text", "text"},
        {"=", "int", "int"},
        {"=", "bigint", "bigint"},
        {">", "bigint", "int"},
        {">=", "bigint", "bigint"},
        {"+", "int", "int"},
    };

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SmallApp.write(folder);
    }

    /** Puts look-alikes before the server's own on everybody's path; each counts its calls in a sequence. */
    private static void setTraps(TestDatabase database) {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE SCHEMA evil",
                "GRANT USAGE ON SCHEMA evil TO PUBLIC",
                "CREATE SEQUENCE evil.calls MINVALUE 0",
                "GRANT ALL ON SEQUENCE evil.calls TO PUBLIC"));
        for (String function : FUNCTIONS) {
            int end = function.lastIndexOf(' ');
            statements.add(trap(function.substring(0, end), function.substring(end + 1)));
        }
        for (int i = 0; i < OPERATORS.length; i++) {
            String[] operator = OPERATORS[i];
            String type = operator[0].equals("||") ? "text" : operator[0].equals("+") ? "int" : "bool";
            statements.add(trap("trap" + i + "(" + operator[1] + ", " + operator[2] + ")", type));
            statements.add("CREATE OPERATOR evil." + operator[0] + " (FUNCTION = evil.trap" + i + ", LEFTARG = "
                    + operator[1] + ", RIGHTARG = " + operator[2] + ")");
        }
        statements.add("ALTER DATABASE " + database.name() + " SET search_path = evil, pg_catalog, public");
        for (String sql : statements) {
            try {
                database.execute(sql);
            } catch (RuntimeException e) {
                // Some are key words here, and no function can have their name.
                assertThat(sql).as(e.getMessage()).contains("coalesce", "nullif");
            }
        }
    }

    private static String trap(String signature, String type) {
        String function = signature.replaceFirst("^(coalesce|nullif)", "\"$1\"").replaceFirst("^left", "\"left\"");
        return "CREATE FUNCTION evil." + function + " RETURNS " + type
                + " LANGUAGE sql VOLATILE AS $$ SELECT pg_catalog.nextval('evil.calls'::pg_catalog.regclass); SELECT NULL::"
                + type + " $$";
    }

    private static void cutOff(Migration migration) {
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class,
                () -> migration
                        .listener(Disturbed.at(phase -> {
                            if (phase == Phase.VALIDATION) {
                                Thread.currentThread().interrupt();
                            }
                        }))
                        .run());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void assertNoneCalled(TestDatabase database) {
        assertThat(database.value("SELECT is_called FROM evil.calls")).isEqualTo("f");
    }

    @Test
    @DisplayName("The traps spring: a look-alike is called where a statement of the app's has the path")
    void setsTrapsThatSpring(TestDatabase database) {
        setTraps(database);
        database.value("SELECT pg_catalog.count(*) FROM pg_catalog.pg_class WHERE relname = 'x'::varchar");
        assertThat(database.value("SELECT is_called FROM evil.calls")).isEqualTo("t");
    }

    @Test
    @DisplayName("Look-alikes of the server's functions and operators are never called, where tables are made")
    void callsNoLookAlikeInACreatedSchema(TestDatabase database) {
        setTraps(database);
        Migration migration = Migration.from(file).to(database.jdbcUrl()).into(TargetSchema.created("app"));
        assertThat(migration.plan().blockers()).isEmpty();
        cutOff(migration);
        migration.discardUnfinished();
        migration.run();
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        migration.forget();
        assertNoneCalled(database);
    }

    @Test
    @DisplayName("Look-alikes of the server's functions and operators are never called, where tables exist")
    void callsNoLookAlikeInAnExistingSchema(TestDatabase database) {
        database.execute("CREATE SCHEMA app");
        database.execute(SmallApp.schema());
        setTraps(database);
        Migration migration = Migration.from(file)
                .to(database.jdbcUrl())
                .into(TargetSchema.existing("app"))
                .except("nicks");
        assertThat(migration.plan().blockers()).isEmpty();
        migration.run();
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        migration.forget();
        assertNoneCalled(database);
    }

    /** What citext brings itself is not among them. */
    private static final String[] OF_CITEXT = {
        "lower(citext) text",
        "upper(citext) text",
        "length(citext) int",
        "octet_length(citext) int",
        "substr(citext, int) text",
        "substr(citext, int, int) text",
        "substring(citext, int, int) text",
        "replace(citext, text, text) text",
        "strpos(citext, text) int",
        "btrim(citext) text",
        "ltrim(citext) text",
        "rtrim(citext) text",
        "concat(citext, text) text",
        "ascii(citext) int",
        "to_tsvector(regconfig, citext) tsvector",
        "md5(citext) text",
        "count(citext) bigint",
        "hashtext(citext) int",
        "string_agg(citext, text) text",
        "encode(citext, text) text",
        "nullif(citext, text) text",
        "abs(citext) int",
        "starts_with(citext, text) bool",
    };

    private static final List<String> BESIDE_CITEXT =
            List.of("=", "<>", "<", ">", "<=", ">=", "~~", "!~~", "||", "~", "~*");

    @Test
    @DisplayName("Look-alikes beside citext, in a schema in which anybody may make them, are never called")
    void callsNoLookAlikeBesideCitext(TestDatabase database) {
        database.execute("CREATE SCHEMA app", "CREATE SCHEMA evil", "CREATE EXTENSION citext SCHEMA evil");
        database.execute("CREATE SEQUENCE evil.calls MINVALUE 0", "SET search_path = evil, pg_catalog");
        for (String function : OF_CITEXT) {
            int end = function.lastIndexOf(' ');
            trapBesideCitext(database, function.substring(0, end), function.substring(end + 1));
        }
        int number = 0;
        for (String operator : BESIDE_CITEXT) {
            for (String right : List.of("text", "varchar", "name", "bpchar")) {
                for (boolean first : List.of(true, false)) {
                    String types = first ? "citext, " + right : right + ", citext";
                    String name = "beside" + number++;
                    trapBesideCitext(database, name + "(" + types + ")", operator.equals("||") ? "text" : "bool");
                    String there = "SELECT count(*) FROM pg_operator WHERE oprname = '" + operator
                            + "' AND oprleft = '" + (first ? "evil.citext" : right) + "'::regtype AND oprright = '"
                            + (first ? right : "evil.citext") + "'::regtype";
                    if ("0".equals(database.value(there))) {
                        database.execute("CREATE OPERATOR evil." + operator + " (FUNCTION = evil." + name
                                + ", LEFTARG = " + (first ? "evil.citext" : right) + ", RIGHTARG = "
                                + (first ? right : "evil.citext") + ")");
                    }
                }
            }
        }
        SqliteFiles.write(
                file,
                "CREATE TABLE named(id INTEGER PRIMARY KEY, nick TEXT COLLATE NOCASE UNIQUE CHECK (length(nick) > 0),"
                        + " other TEXT, up TEXT GENERATED ALWAYS AS (upper(nick)) STORED,"
                        + " both TEXT AS (nick || '-' || other), CHECK (nick <> other), CHECK (substr(nick, 1, 1) <> '#'),"
                        + " CHECK (nick LIKE '%a%' OR other LIKE nick OR nick IN ('b', other)))",
                "CREATE INDEX named_low ON named(lower(nick)) WHERE trim(nick) <> ''",
                "CREATE INDEX named_other ON named(other) WHERE nick > other OR replace(nick, 'a', 'b') = 'b'",
                "CREATE VIEW found AS SELECT id, nick = other AS same, instr(nick, 'a') AS place,"
                        + " group_concat(nick, ',') AS every FROM named WHERE nick BETWEEN 'a' AND other OR nick = other"
                        + " GROUP BY id",
                "INSERT INTO named(nick, other) VALUES ('Ann', 'x'), ('ab', 'y'), ('b', 'z')");
        Migration migration = Migration.from(file).to(database.jdbcUrl()).into(TargetSchema.created("app"));
        assertThat(migration.plan().blockers()).isEmpty();
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        assertThat(database.value("SELECT count(*) FROM app.named")).isEqualTo("3");
        assertNoneCalled(database);
        database.value("SELECT evil.lower('A'::evil.citext)");
        assertThat(database.value("SELECT is_called FROM evil.calls"))
                .as("they count")
                .isEqualTo("t");
    }

    private static void trapBesideCitext(TestDatabase database, String signature, String type) {
        String function = signature.replaceFirst("^nullif", "\"nullif\"").replace("citext", "evil.citext");
        database.execute("CREATE FUNCTION evil." + function + " RETURNS " + type
                + " LANGUAGE sql IMMUTABLE AS $$ SELECT pg_catalog.nextval('evil.calls'::pg_catalog.regclass); SELECT NULL::"
                + type + " $$");
    }
}
