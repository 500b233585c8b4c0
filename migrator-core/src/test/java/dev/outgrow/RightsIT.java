package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A role that is nothing and may do nothing but what the README lists. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class RightsIT {
    private static final Pattern GRANT = Pattern.compile("GRANT [^;]+;");

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE UNIQUE,"
                        + " age INT DEFAULT (1 + 1) CHECK (age < 200))",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT REFERENCES users(id), body TEXT)",
                "CREATE INDEX posts_body ON posts(lower(body)) WHERE user_id > 0",
                "CREATE VIEW long AS SELECT id FROM posts WHERE length(body) > 3",
                "INSERT INTO users VALUES (1, 'a', 3), (2, 'b', NULL)",
                "INSERT INTO posts VALUES (1, 1, 'first'), (2, 2, '')");
    }

    /** A role in a database in which the public may do nothing. */
    private static PGSimpleDataSource plainRole(TestDatabase database) {
        database.execute(
                "REVOKE ALL ON DATABASE " + database.name() + " FROM PUBLIC",
                "REVOKE ALL ON SCHEMA public FROM PUBLIC");
        return database.newRole("NOSUPERUSER NOCREATEDB NOCREATEROLE");
    }

    /** The statements of the README, for this role. */
    private static List<String> grants(TestDatabase database, PGSimpleDataSource role) throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("migrator.root"), "README.md"));
        List<String> grants = GRANT.matcher(readme.substring(readme.indexOf("```sql")))
                .results()
                .map(match -> match.group()
                        .replace("DATABASE app", "DATABASE " + database.name())
                        .replace("migrator", String.valueOf(role.getUser())))
                .toList();
        assertThat(grants).hasSize(2);
        return grants;
    }

    @Test
    @DisplayName("The rights of the README are enough to make the tables")
    void makesTablesWithTheRightsOfTheReadme(TestDatabase database) throws IOException {
        PGSimpleDataSource role = plainRole(database);
        List<String> grants = grants(database, role);
        grants.forEach(database::execute);
        Migration migration = Migration.from(file).to(role);
        assertThat(migration.plan().blockers()).isEmpty();
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        assertThat(database.value("SELECT count(*) FROM posts")).isEqualTo("2");
        assertThat(database.value("SELECT tableowner FROM pg_tables WHERE tablename = 'posts'"))
                .isEqualTo(role.getUser());
        assertThat(database.value("SELECT format_type(atttypid, -1) FROM pg_attribute"
                        + " WHERE attrelid = 'users'::regclass AND attname = 'name'"))
                .isEqualTo("citext");
    }

    @Test
    @DisplayName("The owner of a schema needs no right in it besides")
    void makesTablesInASchemaOfItsOwn(TestDatabase database) throws IOException {
        PGSimpleDataSource role = plainRole(database);
        database.execute(grants(database, role).get(0), "CREATE SCHEMA app AUTHORIZATION " + role.getUser());
        Migration.from(file).to(role).into(TargetSchema.created("app")).run();
        assertThat(database.value("SELECT count(*) FROM app.posts")).isEqualTo("2");
    }

    @Test
    @DisplayName("The rights of the README are enough to fill tables that exist")
    void fillsTablesWithTheRightsOfTheReadme(TestDatabase database) throws IOException {
        PGSimpleDataSource role = plainRole(database);
        database.execute(grants(database, role).toArray(String[]::new));
        Migration migration = Migration.from(file)
                .to(role)
                .into(TargetSchema.existing("public").preparedBy(source -> {
                    try (var connection = source.getConnection();
                            var statement = connection.createStatement()) {
                        statement.execute("""
                                CREATE TABLE users(id bigserial PRIMARY KEY, name varchar(20) NOT NULL UNIQUE,
                                                   age int CHECK (age < 200));
                                CREATE TABLE posts(id int PRIMARY KEY, user_id bigint REFERENCES users, body text)""");
                    }
                }))
                .accept("*");
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        assertThat(database.value("SELECT count(*) FROM posts")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("Each right that is missing is named before any write, as the GRANT that gives it")
    void namesWhatIsMissing(boolean existing, TestDatabase database) throws IOException {
        PGSimpleDataSource role = plainRole(database);
        Migration migration = Migration.from(file).to(role);
        if (existing) {
            database.execute(
                    "CREATE TABLE users(id bigint PRIMARY KEY, name text, age int)",
                    "CREATE TABLE posts(id bigint PRIMARY KEY, user_id bigint, body text)",
                    "ALTER TABLE users OWNER TO " + role.getUser(),
                    "ALTER TABLE posts OWNER TO " + role.getUser());
            migration = migration.into(TargetSchema.existing("public")).accept("*");
        }
        MigrationException unconnected = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(unconnected.reason()).as(unconnected.getMessage()).isIn(Reason.TARGET_RIGHTS, Reason.TARGET_REFUSED);
        List<String> single = grants(database, role).stream()
                .flatMap(RightsIT::oneRightEach)
                .filter(grant -> !grant.contains("CONNECT"))
                .toList();
        database.execute("GRANT CONNECT ON DATABASE " + database.name() + " TO " + role.getUser());
        assertThat(single).hasSize(4);
        for (String missing : single) {
            single.stream().filter(grant -> !grant.equals(missing)).forEach(database::execute);
            MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_RIGHTS);
            assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'"))
                    .isEqualTo("0");
            String remedy = thrown.remedy();
            assertThat(oneRightEach(remedy.substring(remedy.indexOf("GRANT")))).contains(missing);
            single.forEach(
                    grant -> database.execute(grant.replace("GRANT", "REVOKE").replace(" TO ", " FROM ")));
        }
        single.forEach(database::execute);
        List<String> before = WholeDatabase.of(database);
        migration.rehearse();
        assertThat(WholeDatabase.of(database)).isEqualTo(before);
        migration.run();
        assertThat(database.value("SELECT count(*) FROM posts")).isEqualTo("2");
    }

    /** A statement for each right of a GRANT. */
    private static Stream<String> oneRightEach(String grant) {
        int on = grant.indexOf(" ON ");
        return Stream.of(grant.substring("GRANT ".length(), on).split(", "))
                .map(right -> "GRANT " + right + grant.substring(on));
    }
}
