package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.NeedsShared;
import dev.outgrow.testing.SharedFolder;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.Convention;
import dev.outgrow.typemap.Conventions;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that data libraries really wrote, into the schema that the same model gets on PostgreSQL, and into one that we make: with at
 * most the library's convention.
 */
@NeedsShared("orms")
@ExtendWith(TestPostgres.class)
class OrmsIT {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @TempDir
    Path folder;

    /**
     * A library.
     *
     * @param rules what is said of its columns
     * @param stays ids of columns that no type of the model on PostgreSQL can hold, or not to the last digit
     * @param fields at least so many fields were read back
     */
    record Library(String name, TypeRules rules, List<String> stays, int fields) {
        static Library by(String name, Convention convention, int fields) {
            return new Library(name, TypeRules.standard().with(convention), List.of(), fields);
        }

        Library leaving(String... ids) {
            return new Library(name, rules, List.of(ids), fields);
        }

        Library ruled(TypeRules all) {
            return new Library(name, all, stays, fields);
        }

        Path home() {
            return SharedFolder.called("orms").resolve(name);
        }

        Path file() {
            Path moved = home().resolve("moved.db");
            return Files.exists(moved) ? moved : home().resolve("data.db");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Library> libraries() {
        Convention jdbc = Conventions.sqliteJdbc(PARIS);
        TypeRules ofHibernate = TypeRules.standard()
                .column("everything", "offsetTime")
                .millisecondsOfDay(ZoneOffset.UTC)
                .with(Conventions.hibernate(PARIS));
        return Stream.of(
                Library.by("django", Conventions.django(), 200),
                Library.by("doctrine", Conventions.doctrine(), 120),
                // A REAL of more digits than the type has; one beyond bigint.
                Library.by("eclipselink", jdbc, 0).leaving("type:REC.BD", "type:REC.BI"),
                Library.by("eloquent", Conventions.laravel(), 150),
                // A blob into a large object.
                Library.by("flyliq", Conventions.sqliteJdbc(ZoneOffset.UTC), 0).leaving("type:item.data"),
                // Serialised Java objects into arrays, and text into a large object.
                Library.by("hib66", Conventions.hibernate(PARIS), 0)
                        .ruled(ofHibernate)
                        .leaving(
                                "type:everything.intArray",
                                "type:everything.strArray",
                                "type:everything.strList",
                                "type:everything.lobStr",
                                "padding:everything.chr"),
                // Times of day with milliseconds into time(0).
                Library.by("hib7", Conventions.hibernate(PARIS), 0)
                        .ruled(ofHibernate)
                        .leaving("precision:everything.lTime", "padding:everything.chr"),
                Library.by("jdbi", jdbc, 0),
                // Times of day and a number of 38 digits whose declared types tell neither; a time of day with an
                // offset.
                Library.by("jooq", jdbc, 0)
                        .ruled(TypeRules.standard()
                                .column("t", "lt")
                                .as(PgType.TIME)
                                .column("t", "st")
                                .as(PgType.TIME)
                                .column("t", "bi")
                                .as(PgType.NUMERIC))
                        .leaving("type:t.ot"),
                Library.by("knex", Conventions.knex(), 150),
                // A blank in char(1).
                Library.by("ormlite", jdbc, 0).leaving("padding:rec.c"),
                // One aware time in a column of naive ones, which psycopg would cut.
                Library.by("peewee", Conventions.sqlAlchemy(), 190)
                        .ruled(TypeRules.standard().column("thing", "dt").naiveTimesIn(ZoneOffset.ofHours(2))),
                Library.by("pony", Conventions.sqlAlchemy(), 120).ruled(TypeRules.standard()),
                Library.by("prisma", Conventions.prisma(), 150),
                Library.by("sqlalchemy", Conventions.sqlAlchemy(), 150),
                Library.by("typeorm", Conventions.typeOrm(), 150));
    }

    private Path copy(Library library) throws IOException {
        return Files.copy(library.file(), folder.resolve("data.db"));
    }

    private static Migration migration(Library library, Path copy, TestDatabase database) {
        return Migration.from(copy)
                .to(database.dataSource())
                .typeRules(library.rules)
                .backup(Backup.none());
    }

    static void load(Library library, TestDatabase database) throws IOException {
        database.execute(Files.readString(library.home().resolve("target.sql"))
                .replaceFirst("CREATE SCHEMA public;", "")
                // The function is in an extension that the dump does not make.
                .replace("public.uuid_generate_v4", "pg_catalog.gen_random_uuid"));
    }

    static Migration intoItsModel(Library library, Path copy, TestDatabase database) {
        // The dumps have no rows, so that the books of migration tools are empty.
        List<String> accepted = new ArrayList<>(library.stays);
        accepted.add("migrations:*");
        return migration(library, copy, database)
                .into(TargetSchema.existing("public"))
                .accept(accepted.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void arrivesInTheSchemaOfItsModel(Library library, TestDatabase database) throws Exception {
        load(library, database);
        Migration migration = intoItsModel(library, copy(library), database);
        MigrationPlan plan = migration.plan();
        assertThat(plan.blockers())
                .extracting(Notice::id)
                .filteredOn(id -> !plan.accepted().contains(id))
                .isEmpty();
        assertThat(plan.accepted())
                .filteredOn(id -> !id.startsWith("migrations:"))
                .containsExactlyInAnyOrderElementsOf(library.stays);
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        Path read = library.home().resolve("read.sqlite");
        if (Files.exists(read)) {
            assertThat(ReadBack.differences(read, database, library.fields)).isEmpty();
        }
    }

    private static final String TYPES = """
            SELECT lower(c.relname || '.' || a.attname), format_type(a.atttypid, a.atttypmod)
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             WHERE c.relnamespace = '%s'::regnamespace AND c.relkind = 'r'""";

    private static final String DIFFERENT = "SELECT m.name || ' ' || m.type || ' / ' || t.type FROM ("
            + TYPES.formatted("made") + ") m(name, type) JOIN (" + TYPES.formatted("public")
            + ") t(name, type) USING (name) WHERE m.type <> t.type ORDER BY 1";

    @ParameterizedTest
    @MethodSource("libraries")
    void isMadeWithTheTypesOfItsModel(Library library, TestDatabase database) throws Exception {
        load(library, database);
        Migration migration = migration(library, copy(library), database)
                .into(TargetSchema.created("made").lowerCaseNames())
                .accept("bookkeeping:*", "padding:*");
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        assertThat(different(database)).containsExactlyElementsOf(known(library));
    }

    /** The columns of which a file does not tell the type that the model has: as made, and as the library makes it. */
    private static List<String> known(Library library) throws IOException {
        try (InputStream file = Objects.requireNonNull(OrmsIT.class.getResourceAsStream("orms-types.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(library.name + ": "))
                    .map(line -> line.substring(library.name.length() + 2))
                    .toList();
        }
    }

    private static List<String> different(TestDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DIFFERENT)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
