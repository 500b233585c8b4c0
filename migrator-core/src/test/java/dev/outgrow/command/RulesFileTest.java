package dev.outgrow.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.SeededRows;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesFileTest {
    @TempDir
    Path folder;

    @Test
    void saysWhatJavaWouldSay() {
        RulesFile file = RulesFile.parse("""
                {
                  "accept": ["view:*", "trigger:users_touch"],
                  "rules": [
                    {"column": "orders.paid_at", "unixSeconds": true},
                    {"column": ["a.b", "c"], "as": "numeric(10, 2)", "blankAsNull": true},
                    {"columns": "*_at", "naiveTimesIn": "Europe/Berlin"},
                    {"columns": ["log*", "t"], "since": ["2001-01-01T00:00:00Z", "seconds"]},
                    {"declared": "TINYINT(1)", "as": "boolean"},
                    {"everyColumn": true, "stripNul": true}
                  ]
                }""");
        TypeRules same = TypeRules.standard()
                .column("orders", "paid_at")
                .unixSeconds()
                .column("a.b", "c")
                .as(PgType.numeric(10, 2))
                .column("a.b", "c")
                .blankAsNull()
                .columns("*_at")
                .naiveTimesIn(ZoneId.of("Europe/Berlin"))
                .columns("log*", "t")
                .since(java.time.Instant.parse("2001-01-01T00:00:00Z"), java.time.temporal.ChronoUnit.SECONDS)
                .declared("TINYINT(1)")
                .as(PgType.BOOLEAN)
                .everyColumn()
                .stripNul();
        assertThat(file.typeRules().toString()).isEqualTo(same.toString());
        assertThat(file.accepted()).containsExactly("view:*", "trigger:users_touch");
        assertThat(file.schema()).isEmpty();
    }

    @Test
    void reshapesAnExistingSchema() {
        RulesFile file = RulesFile.parse("""
                {"schema": [
                   {"seededRows": "REPLACE"}, {"seededRows": ["roles", "keep"]}, {"rename": ["old", "new"]},
                   {"table": "tuple", "from": "SELECT * FROM tuple"}, {"column": ["tuple", "user"], "into": "_user"},
                   {"leaveBehind": ["cache", "tuple.hint"]}, {"fill": ["s", "v", "to_tsvector(x)"]},
                   {"defaultForNull": "users.state"}, {"fire": ["page", "page_tv"]}, {"createMissing": "data_*"},
                   {"bookkeeping": "my_migrations"}, {"notBookkeeping": "migrations"}],
                 "existing": "app"}""");
        ExistingSchema same = TargetSchema.existing("app")
                .seededRows(SeededRows.REPLACE)
                .seededRows("roles", SeededRows.KEEP)
                .rename("old", "new")
                .table("tuple")
                .from("SELECT * FROM tuple")
                .column("tuple", "user")
                .into("_user")
                .leaveBehind("cache", "tuple.hint")
                .fill("s", "v", "to_tsvector(x)")
                .defaultForNull("users.state")
                .fire("page", "page_tv")
                .createMissing("data_*")
                .bookkeeping("my_migrations")
                .notBookkeeping("migrations");
        assertThat(file.schema()).contains(same);
        assertThat(RulesFile.parse("{\"created\": \"app\", \"schema\": [{\"collateC\": true}]}")
                        .schema())
                .contains(TargetSchema.created("app").collateC());
    }

    @Test
    void takesTheFileOfTheReadmeWhichNamesAllThatThereIs() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("migrator.root"), "README.md"));
        Matcher sample = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL).matcher(readme);
        assertThat(sample.find()).isTrue();
        assertThat(RulesFile.parse(sample.group(1)).typeRules().rules()).hasSize(4);
        String table = readme.substring(sample.end(), readme.indexOf("\n## ", sample.end()));
        for (String words : List.of(RuleCalls.words(), SchemaCalls.words())) {
            assertThat(Pattern.compile("\\b[a-z]+[A-Za-z0-9]*\\b")
                            .matcher(words)
                            .results())
                    .extracting(MatchResult::group)
                    .filteredOn(
                            word -> !Set.of("one", "of", "and", "some", "or").contains(word))
                    .allMatch(word -> table.contains("`" + word + "`"), "stands in the README");
        }
    }

    @Test
    void mapsValuesAndTakesConventions() {
        TypeRules rules = RulesFile.parse("""
                        {"rules": [{"columns": "status", "mapping": {"error": "failed"}, "zeroDateAsNull": true},
                                   {"with": "prisma"}, {"with": ["hibernate", "Europe/Berlin"]}]}""").typeRules();
        assertThat(rules.conventions()).hasSize(2);
        assertThat(rules.rules().toString())
                .isEqualTo(TypeRules.standard()
                        .mapping("status", Map.of("error", "failed"))
                        .columns("status")
                        .zeroDateAsNull()
                        .rules()
                        .toString());
        assertThatThrownBy(() -> RulesFile.parse("{\"rules\": [{\"with\": \"hibernate\"}]}"))
                .hasMessageStartingWith(
                        "line 1, column 21: there is no convention \"hibernate\" without a zone. There are coreData");
    }

    @Test
    void distributesACreatedSchema() {
        assertThat(RulesFile.parse("""
                        {"schema": [{"distributed": ["orders", "tenant_id"]}, {"reference": ["countries"]}]}""").schema())
                .contains(TargetSchema.created("public")
                        .distributed("orders", "tenant_id")
                        .reference("countries"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TEXT", "int8", "double precision", "DOUBLE_PRECISION", "varchar(20)", "varchar", "timestamp(3)",
                        "timestamptz",
                "text[]", "character varying(5)", "decimal(4)", "uuid", "time", "jsonb", "timestamp with time zone",
                        "float8"
            })
    void takesTypesAsPostgresWritesThem(String type) {
        assertThat(RulesFile.parse("{\"rules\": [{\"columns\": \"x\", \"as\": \"" + type + "\"}]}")
                        .typeRules()
                        .rules())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{|line 1, column 2: a name in double quotes is missing here.",
                "[]|line 1, column 1: the file must be an object, and this is an array.",
                "{\"rules\": {}}|line 1, column 11: \"rules\" must be an array, and this is an object.",
                "{\"rule\": []}|line 1, column 2: there is no \"rule\" in such a file. There are accept, rules, created or existing, and schema.",
                "{\"rules\": [,]}|line 1, column 12: a value is missing here: texts stand in double quotes.",
                "{\"rules\": [{}],}|line 1, column 16: no comma may stand before }.",
                "{\"accept\": [view]}|line 1, column 13: a value is missing here: texts stand in double quotes.",
                "{\"accept\": [\"view]}|line 1, column 20: the text ends here, and a double quote was never closed.",
                "{\"accept\": [1]}|line 1, column 13: \"accept\" takes text in double quotes, and this is a number.",
                "{\"accept\": [\"a\"] \"rules\": []}|line 1, column 18: a comma or } is missing here.",
                "{\"accept\" [\"a\"]}|line 1, column 11: a colon is missing after \"accept\".",
                "{\"accept\": [\"\\q\"]}|line 1, column 14: no such escape: a backslash in a string is \\\\.",
                "{} {}|line 1, column 4: nothing may come after the end of the JSON text.",
                "{\"existing\": \"a\", \"created\": \"b\"}|line 1, column 19: the schema was named before: one of \"created\" and \"existing\" says it.",
                "{\"existing\": \"pg_x\"}|line 1, column 14: schema pg_x belongs to PostgreSQL itself; give one for the application, such as public.",
                "{\"schema\": [{\"rename\": [\"a\", \"b\"]}]}|line 1, column 14: \"rename\" is for a schema whose tables the app's own migrations made: say \"existing\": \"public\" as well.",
                "{\"existing\": \"p\", \"schema\": [{\"table\": \"a\"}]}|line 1, column 30: \"table\" is half a sentence: \"from\" is missing.",
                "{\"existing\": \"p\", \"schema\": [{\"rename\": [\"a\"]}]}|line 1, column 41: \"rename\" takes [table in SQLite, table in PostgreSQL].",
            })
    void saysWhereTheFileIsWrong(String json, String message) {
        assertThatThrownBy(() -> RulesFile.parse(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void namesAllThatIsWrongInTheRulesOfAFile() throws IOException {
        Path file = folder.resolve("rules.json");
        Files.writeString(file, """
                {"rules": [
                  {"column": "orders.paid_at", "unixSecond": true},
                  {"column": "a.b.c", "unixSeconds": true},
                  {"columns": "é", "as": "strange"},
                  {"columns": "x", "naiveTimesIn": "Berlin"},
                  {"columns": "x", "declared": "y", "latin1": true},
                  {"columns": "x"},
                  {"latin1": true},
                  {"columns": "x", "since": ["2001-01-01T00:00:00Z", "years"]},
                  {"columns": "x", "latin1": false}
                ]}
                """);
        assertThatThrownBy(() -> RulesFile.read(file))
                .hasMessageContaining(
                        "rules.json, line 2, column 32: there is no \"unixSecond\" in a rule. There are one of column,")
                .hasMessageContaining(
                        "rules.json, line 3, column 14: \"a.b.c\" is not \"table.column\": if a name has a point")
                .hasMessageContaining(
                        "rules.json, line 4, column 26: \"strange\" is not a type that a rule can name: text, bigint")
                .hasMessageContaining(
                        "rules.json, line 5, column 36: \"Berlin\" is not a zone such as UTC, Europe/Berlin")
                .hasMessageContaining("rules.json, line 6, column 20: this rule speaks of columns twice")
                .hasMessageContaining("rules.json, line 7, column 3: this rule says nothing of its columns")
                .hasMessageContaining("rules.json, line 8, column 3: this rule does not say of which columns it speaks")
                .hasMessageContaining("rules.json, line 9, column 54: \"years\" is not a unit from nanos to weeks")
                .hasMessageContaining("rules.json, line 10, column 30: \"latin1\" takes true and nothing else");
    }

    @Test
    void isNotOverwhelmedByWhatIsNestedDeeply() {
        assertThatThrownBy(() -> RulesFile.parse("[".repeat(100_000)))
                .hasMessage("line 1, column 34: this is nested too deeply.");
    }
}
