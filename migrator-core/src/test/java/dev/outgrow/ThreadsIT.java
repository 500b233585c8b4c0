package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.OrphanPolicy;
import dev.outgrow.option.SeededRows;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.TestSession;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What threads of other projects tell of a move from SQLite, with data of our own: each is right here, or is named before the first
 * write with a remedy that works.
 */
@ExtendWith(TestPostgres.class)
class ThreadsIT {
    @TempDir
    Path folder;

    /** One way to migrate what a thread describes, and what comes of it. */
    private record Case(
            String thread,
            List<String> sqlite,
            List<String> postgres,
            UnaryOperator<Migration> how,
            List<String> blockers,
            String remedy,
            List<String> facts) {
        /** The app's own schema; without it the tables are made. */
        Case into(String... statements) {
            return new Case(thread, sqlite, List.of(statements), how, blockers, remedy, facts);
        }

        Case with(UnaryOperator<Migration> more) {
            return new Case(thread, sqlite, postgres, more, blockers, remedy, facts);
        }

        Case with(TypeRules rules, String... accepted) {
            return with(migration -> migration.typeRules(rules).accept(accepted));
        }

        Case with(ExistingSchema schema, String... accepted) {
            return with(migration -> migration.into(schema).accept(accepted));
        }

        /** Blockers as {@code id count keys}; the run is refused. */
        Case refuses(String... expected) {
            return new Case(thread, sqlite, postgres, how, List.of(expected), remedy, facts);
        }

        /** What one of the blockers says to do. */
        Case proposes(String words) {
            return new Case(thread, sqlite, postgres, how, blockers, words, facts);
        }

        /** Runs, and then these queries give these values: {@code query → value}. */
        Case gives(String... expected) {
            return new Case(thread, sqlite, postgres, how, List.of(), remedy, List.of(expected));
        }

        @Override
        public String toString() {
            return thread + (postgres.isEmpty() ? " created " : " existing ") + (facts.isEmpty() ? blockers : facts);
        }
    }

    private static Case thread(String name, String... sqlite) {
        return new Case(name, List.of(sqlite), List.of(), UnaryOperator.identity(), List.of(), "", List.of());
    }

    private static final ExistingSchema PUBLIC = TargetSchema.existing("public");

    static Stream<Case> cases() {
        TypeRules any = TypeRules.standard();
        Case river = thread(
                        "riverqueue/river#1224, dimitri/pgloader#1607",
                        "CREATE TABLE job(id INTEGER PRIMARY KEY, args BLOB NOT NULL, tags TEXT)",
                        "INSERT INTO job VALUES (1, jsonb('{\"a\": [1, 2.5, null]}'), '[\"x\"]'), (2, jsonb('\"é\"'), '[]')")
                .into("CREATE TABLE job(id bigserial PRIMARY KEY, args jsonb NOT NULL, tags varchar(255)[] NOT NULL)");
        Case synapse = thread(
                "matrix-org/synapse#5312",
                "CREATE TABLE event_json(event_id TEXT NOT NULL PRIMARY KEY, json TEXT NOT NULL)",
                "INSERT INTO event_json VALUES ('$1', '{\"a\":1}'), ('$2', CAST('{\"ä\":2}' AS BLOB))");
        Case hex = thread(
                        "bytes exported from PostgreSQL as text",
                        "CREATE TABLE f(id INTEGER PRIMARY KEY, hash TEXT, other TEXT)",
                        "INSERT INTO f VALUES (1, '\\x00ff', '\\x00ff'), (2, '\\x', 'x'), (3, NULL, NULL)")
                .into("CREATE TABLE f(id serial PRIMARY KEY, hash bytea, other bytea)");
        Case profiles = thread(
                        "profiles of Supabase, which point to auth.users",
                        "CREATE TABLE profiles(id TEXT PRIMARY KEY, name TEXT)",
                        "INSERT INTO profiles VALUES ('0b9e0e4c-3c1f-4f57-9a4c-000000000001', 'a'),"
                                + " ('0b9e0e4c-3c1f-4f57-9a4c-000000000002', 'b')")
                .into(
                        "CREATE SCHEMA auth",
                        "CREATE TABLE auth.users(id uuid PRIMARY KEY)",
                        "INSERT INTO auth.users VALUES ('0b9e0e4c-3c1f-4f57-9a4c-000000000001')",
                        "CREATE TABLE profiles(id uuid PRIMARY KEY REFERENCES auth.users(id), name text)");
        Case account = thread(
                        "pgloader#631, names in another style",
                        "CREATE TABLE UserAccount(Id INTEGER PRIMARY KEY, FirstName TEXT, isAdmin BOOLEAN)",
                        "INSERT INTO UserAccount VALUES (4, 'a', 1)")
                .into("CREATE TABLE user_accounts(id serial PRIMARY KEY, first_name text, is_admin boolean NOT NULL)");
        Case photos = thread(
                "TomBursch/kitchenowl#325",
                "CREATE TABLE file(name TEXT NOT NULL PRIMARY KEY)",
                "CREATE TABLE expense(id INTEGER PRIMARY KEY, photo TEXT REFERENCES file(name))",
                "CREATE TABLE cover(id INTEGER PRIMARY KEY, photo TEXT NOT NULL REFERENCES file(name))",
                "INSERT INTO file VALUES ('a.jpg')",
                "INSERT INTO expense VALUES (1, 'a.jpg'), (2, ''), (3, NULL)",
                "INSERT INTO cover VALUES (1, 'a.jpg'), (2, '')");
        Case affinities = thread(
                "a key of text, integers that point to it",
                "CREATE TABLE a(id TEXT PRIMARY KEY)",
                "CREATE TABLE b(id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a(id))",
                "INSERT INTO a VALUES ('1'), ('3.0')",
                "INSERT INTO b VALUES (1, 1), (2, 3)");
        Case labels = thread(
                        "yesodweb/persistent#571, lists of labels",
                        "CREATE TABLE a(id INTEGER PRIMARY KEY, e TEXT, n INT)",
                        "INSERT INTO a VALUES (1, '[\"A\",\"C\"]', 5), (2, '[\"B\"]', 6), (3, 'x,', 7)")
                .into(
                        "CREATE TYPE label AS ENUM ('A', 'B')",
                        "CREATE TABLE a(id serial PRIMARY KEY, e label[], n int)");
        Case langflow = thread(
                        "langflow-ai/langflow#15111",
                        "CREATE TABLE role(id CHAR(32) PRIMARY KEY NOT NULL, name VARCHAR NOT NULL UNIQUE)",
                        "CREATE TABLE member(id INTEGER PRIMARY KEY, role_id CHAR(32) REFERENCES role(id), state VARCHAR)",
                        "INSERT INTO role VALUES ('0b9e0e4c3c1f4f579a4c000000000001', 'admin'),"
                                + " ('0b9e0e4c-3c1f-4f57-9a4c-000000000002', 'custom')",
                        "INSERT INTO member VALUES (1, '0b9e0e4c-3c1f-4f57-9a4c-000000000001', 'OK'),"
                                + " (2, '0b9e0e4c3c1f4f579a4c000000000002', 'ok')")
                .into(
                        "CREATE TYPE state AS ENUM ('unset', 'ok')",
                        "CREATE TABLE role(id uuid PRIMARY KEY, name varchar NOT NULL UNIQUE)",
                        "CREATE TABLE member(id serial PRIMARY KEY, role_id uuid REFERENCES role(id), state state)",
                        "INSERT INTO role VALUES ('dddddddd-0000-4000-8000-000000000001', 'admin')");
        Case spellings = thread(
                        "a code in other letters than its parent's",
                        "CREATE TABLE p(code TEXT PRIMARY KEY)",
                        "CREATE TABLE c(id INTEGER PRIMARY KEY, code TEXT)",
                        "INSERT INTO p VALUES ('ab')",
                        "INSERT INTO c VALUES (1, 'ab'), (2, 'AB'), (3, 'x')")
                .into(
                        "CREATE TABLE p(code text PRIMARY KEY)",
                        "CREATE TABLE c(id serial PRIMARY KEY, code text REFERENCES p(code))");
        Case states = thread(
                        "diogotcorreia/dotfiles#89, Home Assistant's states, which point to one another",
                        "CREATE TABLE states(state_id INTEGER NOT NULL PRIMARY KEY, last_updated_ts FLOAT, old_state_id INTEGER,"
                                + " FOREIGN KEY(old_state_id) REFERENCES states(state_id))",
                        "INSERT INTO states VALUES (3, 1700000000.123456, 99), (4, 1700000001.5, 3), (5, NULL, NULL)")
                .into("CREATE TABLE states(state_id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,"
                        + " last_updated_ts double precision, old_state_id bigint REFERENCES states(state_id))");
        Case contentTypes = thread(
                        "Django's content types, numbered anew by migrate",
                        "CREATE TABLE kind(id INTEGER PRIMARY KEY AUTOINCREMENT, model VARCHAR(100) NOT NULL UNIQUE)",
                        "CREATE TABLE permission(id INTEGER PRIMARY KEY AUTOINCREMENT, kind_id INTEGER NOT NULL REFERENCES kind(id))",
                        "INSERT INTO kind VALUES (1, 'user'), (7, 'post')",
                        "INSERT INTO permission VALUES (25, 7)")
                .into(
                        "CREATE TABLE kind(id serial PRIMARY KEY, model varchar(100) NOT NULL UNIQUE)",
                        "CREATE TABLE permission(id serial PRIMARY KEY, kind_id integer NOT NULL REFERENCES kind(id))",
                        "INSERT INTO kind(model) VALUES ('post'), ('user')",
                        "INSERT INTO permission(kind_id) VALUES (1)");
        Case sequences = thread(
                        "nextcloud/server#58762",
                        "CREATE TABLE jobs(id INTEGER PRIMARY KEY AUTOINCREMENT, class TEXT)",
                        "CREATE TABLE previews(id INTEGER PRIMARY KEY, n INT)",
                        "INSERT INTO jobs VALUES (9, 'x')",
                        "INSERT INTO previews VALUES (12345678901, 1)")
                .into(
                        "CREATE TABLE jobs(id bigserial PRIMARY KEY, class text)",
                        "CREATE TABLE previews(id bigint PRIMARY KEY, n int)",
                        "CREATE SEQUENCE previews_id_seq",
                        "CREATE SEQUENCE locations_id_seq");
        Case sites = thread(
                "arp242/goatcounter#638",
                "CREATE TABLE sites(site_id INTEGER PRIMARY KEY AUTOINCREMENT, cname VARCHAR NULL,"
                        + " set_up_at TIMESTAMP DEFAULT NULL CHECK(set_up_at = strftime('%Y-%m-%d %H:%M:%S', set_up_at)),"
                        + " state VARCHAR NOT NULL DEFAULT 'a' CHECK(state IN ('a', 'd')))",
                "CREATE UNIQUE INDEX \"sites#cname\" ON sites(lower(cname)) WHERE cname IS NOT NULL",
                "INSERT INTO sites VALUES (1, 'A.example', NULL, 'a'), (2, NULL, '2024-02-03 04:05:06', 'd')");
        return Stream.of(
                states.refuses("orphans:states.old_state_id 1 [state_id=3]").proposes("OrphanPolicy.SET_NULL"),
                states.with(migration -> migration.orphans(OrphanPolicy.SET_NULL, "states.old_state_id"))
                        .gives(
                                "SELECT string_agg(state_id || coalesce('>' || old_state_id, ''), ' ' ORDER BY state_id) FROM states"
                                        + " → 3 4>3 5",
                                "SELECT last_updated_ts FROM states WHERE state_id = 3 → 1700000000.123456"),
                contentTypes
                        .refuses("seeded:kind 2 []", "seeded:permission 1 []")
                        .proposes(".seededRows(SeededRows.REPLACE)"),
                contentTypes
                        .with(PUBLIC.seededRows(SeededRows.REPLACE))
                        .gives(
                                "SELECT k.model FROM permission p JOIN kind k ON k.id = p.kind_id WHERE p.id = 25 → post",
                                "SELECT nextval('kind_id_seq') → 8"),
                sequences.gives(
                        "SELECT nextval('jobs_id_seq') → 10",
                        "SELECT nextval('previews_id_seq') → 12345678902",
                        "SELECT nextval('locations_id_seq') → 1"),
                sites.gives(
                        "SELECT count(*) FROM pg_constraint WHERE contype = 'c' AND conrelid = 'sites'::regclass → 2",
                        "SELECT indisunique FROM pg_index WHERE indexrelid = '\"sites#cname\"'::regclass → t",
                        "INSERT INTO sites(cname) VALUES ('b.example') RETURNING site_id || state || coalesce(set_up_at::text, '-') → 3a-"),
                spellings
                        .with(migration -> migration.orphans(OrphanPolicy.SET_NULL, "c.code"))
                        .refuses("orphans:c.code#2 1 [id=2]")
                        .proposes("in another spelling"),
                labels.refuses("misfit:a.e 1 [id=3]", "misfit:a.e#2 1 [id=1]").proposes(".accept(\"type:a.e\")"),
                labels.with(any, "type:a.e").gives("SELECT count(*) FROM a WHERE e IS NULL → 3"),
                langflow.refuses("seeded:role 1 []", "misfit:member.state 1 [id=1]")
                        .proposes("SeededRows.REPLACE"),
                langflow.with(migration -> migration
                                .into(PUBLIC.seededRows("role", SeededRows.REPLACE))
                                .typeRules(any.column("member", "state").mapping(Map.of("OK", "ok"))))
                        .gives(
                                "SELECT string_agg(r.name || m.state, ' ' ORDER BY m.id) FROM member m"
                                        + " JOIN role r ON r.id = m.role_id → adminok customok",
                                "SELECT count(*) FROM role → 2"),
                affinities.refuses("orphans:b.a_id 1 [id=2]").proposes("OrphanPolicy.SET_NULL"),
                affinities
                        .with(migration -> migration.orphans(OrphanPolicy.SET_NULL, "b.a_id"))
                        .gives("SELECT string_agg(id || coalesce(a_id, '-'), ' ' ORDER BY id) FROM b → 11 2-"),
                photos.refuses("orphans:expense.photo 1 [id=2]", "orphans:cover.photo 1 [id=2]")
                        .proposes(".orphans(OrphanPolicy.SET_NULL, \"expense.photo\")"),
                photos.with(migration -> migration
                                .orphans(OrphanPolicy.SET_NULL, "expense.photo")
                                .orphans(OrphanPolicy.SET_ASIDE, "cover.photo"))
                        .gives(
                                "SELECT count(*) FROM expense WHERE photo IS NULL → 2",
                                "SELECT count(*) FROM cover → 1",
                                "SELECT count(*) FROM outgrow.set_aside → 1"),
                account.refuses("table:UserAccount 0 []").proposes(".rename(\"UserAccount\", \"user_accounts\")"),
                account.with(PUBLIC.rename("UserAccount", "user_accounts")
                                .column("UserAccount", "FirstName")
                                .into("first_name")
                                .column("UserAccount", "isAdmin")
                                .into("is_admin"))
                        .gives(
                                "SELECT is_admin FROM user_accounts WHERE first_name = 'a' → t",
                                "SELECT nextval('user_accounts_id_seq') → 5"),
                profiles.refuses("orphans:profiles.id 1 [id=0b9e0e4c-3c1f-4f57-9a4c-000000000002]")
                        .proposes("Insert their parents"),
                river.refuses("misfit:job.args 2 [id=1, id=2]").proposes("json(args)"),
                river.with(PUBLIC.table("job").from("SELECT id, json(args) AS args, tags FROM job"))
                        .gives("SELECT args -> 'a' FROM job WHERE id = 1 → [1, 2.5, null]"),
                synapse.refuses("misfit:event_json.json 1 [event_id=$2]")
                        .proposes(".column(\"event_json\", \"json\").as(PgType.TEXT))"),
                synapse.with(any.column("event_json", "json").as(PgType.TEXT))
                        .gives("SELECT json FROM event_json WHERE event_id = '$2' → {\"ä\":2}"),
                hex.refuses("text-in-blob:f.hash 2 [id=1, id=2]").proposes("Representation.LITERAL_TEXT"),
                hex.with(any.column("f", "hash").as(PgType.BYTEA, Representation.LITERAL_TEXT))
                        .gives("SELECT encode(hash, 'hex') FROM f WHERE id = 1 → 00ff"),
                hex.with(any, "text-in-blob:*").gives("SELECT length(hash) FROM f WHERE id = 1 → 6"));
    }

    /** healthchecks/healthchecks#389: microseconds, which as seconds or days are no intervals of PostgreSQL. */
    @Test
    void proposesUnitsOfIntervalsThatPostgresReaches(TestDatabase database) {
        database.execute("CREATE TABLE t(id serial PRIMARY KEY, v interval)");
        assertThat(Migrated.column(folder, database, "BIGINT", "300000000000000", "60000000")
                        .into(PUBLIC)
                        .plan()
                        .blockers())
                .singleElement()
                .satisfies(notice -> assertThat(notice.remedy())
                        .contains("ChronoUnit.MICROS", "ChronoUnit.MILLIS")
                        .doesNotContain("ChronoUnit.SECONDS", "ChronoUnit.DAYS"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRightOrNamed(Case report, TestDatabase database) {
        database.execute(report.postgres().toArray(new String[0]));
        Migration migration =
                Migrated.migration(folder, database, report.sqlite().toArray(new String[0]));
        if (!report.postgres().isEmpty()) {
            migration = migration.into(PUBLIC);
        }
        Migration ready = report.how().apply(migration);
        if (report.facts().isEmpty()) {
            assertThat(ready.plan().blockers())
                    .extracting(notice -> notice.id() + " " + notice.count() + " " + notice.keys())
                    .containsExactlyInAnyOrderElementsOf(report.blockers());
            assertThat(ready.plan().blockers())
                    .anySatisfy(notice -> assertThat(notice.remedy()).contains(report.remedy()));
            assertThatThrownBy(ready::run)
                    .isInstanceOfSatisfying(
                            MigrationException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(Reason.PLAN_BLOCKED));
            return;
        }
        ready.run();
        try (TestSession session = database.session()) {
            session.value("SELECT set_config('TimeZone', 'UTC', false)");
            for (String fact : report.facts()) {
                List<String> parts = List.of(fact.split(" → ", -1));
                assertThat(session.value(parts.get(0))).as(fact).isEqualTo(parts.get(1));
            }
        }
        assertThat(ready.validate().passed()).isTrue();
    }
}
