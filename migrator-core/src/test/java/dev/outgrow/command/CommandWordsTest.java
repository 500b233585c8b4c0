package dev.outgrow.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.typemap.ColumnSelection;
import dev.outgrow.typemap.RuleCall;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.text.TextPage;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandWordsTest {
    private static final CommandWords WORDS = CommandWords.of("upgrade");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "then call run() again: it goes on|then call \"upgrade run\" again: it goes on",
                "rehearse(), then run(): the app stops|\"upgrade rehearse\", then \"upgrade run\": the app stops",
                "accept it by name: .accept(\"view:*\", \"trigger:a b\").|accept it by name: --accept 'view:*' --accept 'trigger:a b'.",
                ".onMisfit(MisfitPolicy.WIDEN)|--on-misfit WIDEN",
                "as many as .parallelism(n) says|as many as --parallelism N says",
                ".backup(Backup.to(path)) with a path, or .backup(Backup.none()).|--backup PATH with a path, or --backup none.",
                "set .lockTimeout(duration).|set --lock-timeout DURATION.",
                "say .sourceMayBeWritten(true).|say --source-may-be-written.",
                "then rollBack(newFile) again|then \"upgrade roll-back FILE\" again",
                "rehearseRollBack() does it|\"upgrade rehearse-roll-back\" does it",
                ".wayBack(WayBack.NOT_NEEDED)|--way-back NOT_NEEDED",
                "try .typeRules(TypeRules.standard().with(Conventions.hibernate(ZoneId.of(\"UTC\"))))|try \"rules\": [{\"with\": [\"hibernate\", \"UTC\"]}] in the file of --rules",
                ".mapping(\"status\", Map.of(\"a\", \"b\"))|\"rules\": [{\"columns\": \"status\", \"mapping\": {\"a\": \"b\"}}] in the file of --rules",
                "call switchOver(): it moves|call \"upgrade switch\": it moves",
                "call discardUnfinished(), then run()|call \"upgrade discard-unfinished\", then \"upgrade run\"",
                "Migration.rehearsed(rehearsal).run(): it|\"upgrade run --rehearsed FILE\": it",
                "another database: rehearse(dataSource).|another database: \"upgrade rehearse --disposable URL\".",
                "give that one to planned().|give that one to --planned FILE.",
                "name it by .to(…), then call plan() again|name it by --to, then call \"upgrade plan\" again",
                ".orphans(OrphanPolicy.SET_NULL, \"a.b\", \"c\")|--orphans a.b=SET_NULL --orphans c=SET_NULL",
                ".orphans(OrphanPolicy.SET_ASIDE)|--orphans '*=SET_ASIDE'",
                "All rules go into one .typeRules(…): put|All rules go into one \"rules\": […] in the file of --rules: put",
                "All options go into one .into(…): put|All options go into one \"schema\": […] in the file of --rules: put",
                ".into(TargetSchema.created(\"app\"))|--created app",
                "with .into(TargetSchema.created(\"…\")), or drop|with --created SCHEMA, or drop",
                ".into(TargetSchema.created(\"public\").collateC())|\"created\": \"public\", \"schema\": [{\"collateC\": true}] in the file of --rules",
                ".into(TargetSchema.existing(\"public\").leaveBehind(\"a\", \"b.c\"))|\"existing\": \"public\", \"schema\": [{\"leaveBehind\": [\"a\", \"b.c\"]}] in the file of --rules",
                ".into(TargetSchema.existing(\"public\").preparedBy(dataSource -> …))|--existing public with .preparedBy(…) of the program",
                ".typeRules(TypeRules.standard().column(\"a\", \"b\").as(PgType.numeric(10, 2)))|\"rules\": [{\"column\": [\"a\", \"b\"], \"as\": \"numeric(10, 2)\"}] in the file of --rules",
                ".typeRules(TypeRules.standard().columns(\"*_at\").unixSeconds().column(\"t\", \"d\").as(PgType.TIME, Representation.UNIX_SECONDS))|\"rules\": [{\"columns\": \"*_at\", \"unixSeconds\": true}, {\"column\": [\"t\", \"d\"], \"as\": [\"TIME\", \"UNIX_SECONDS\"]}] in the file of --rules",
                "Give .table(\"t\").from(…) one SELECT|Give \"schema\": [{\"table\": \"t\", \"from\": \"…\"}] in the file of --rules one SELECT",
                "a converter that does: .convertedBy(…).|a converter that does: .convertedBy(…) of the program.",
                "strftime() with %s, nextval('s') and to_tsvector('english', value)|strftime() with %s, nextval('s') and to_tsvector('english', value)",
                "GRANT CREATE ON SCHEMA public (run(|GRANT CREATE ON SCHEMA public (run(",
            })
    void saysInWordsOfTheCommandLineWhatJavaSays(String java, String words) {
        assertThat(WORDS.in(java)).isEqualTo(words);
    }

    @ParameterizedTest
    @EnumSource(RuleCall.class)
    void givesRulesThatTheFileTakesForTheSame(RuleCall call) {
        String words = WORDS.in(".typeRules(TypeRules.standard().column(\"a b\", \"c.d\")" + call.java() + ")");
        RulesFile file = RulesFile.parse("{" + words.replace(" in the file of --rules", "") + "}");
        assertThat(file.typeRules().rules()).hasSize(1);
        assertThat(file.typeRules().toString()).contains("a b.c.d");
    }

    @Test
    void keepsThePagesOfATerminalAsNarrowAsTheyAre() {
        String remedy = ".typeRules(TypeRules.standard().column(\"orders of the shop\", \"placed\").unixSeconds()"
                + ".column(\"orders of the shop\", \"price\").as(PgType.numeric(10, 2))): the times are in seconds.";
        String page = new TextPage()
                .wrapped("  NO    Decisions    ", "call " + remedy)
                .wrapped("                     -> ", ".accept(\"trigger:a trigger with blanks in its long name\").")
                .wrapped("  1. ", remedy)
                .toString();
        assertThat(page.lines()).allMatch(line -> line.length() <= TextPage.WIDTH);
        String words = WORDS.in(page);
        assertThat(words.lines()).as(words).allMatch(line -> line.length() <= TextPage.WIDTH);
        assertThat(words.replaceAll("\n +", " "))
                .contains("-> --accept 'trigger:a trigger with blanks in its long name'.")
                .contains("Decisions    call \"rules\": [{\"column\": [\"orders of the shop\", \"placed\"],")
                .contains("\"as\": \"numeric(10, 2)\"}] in the file of --rules: the times are in seconds.");
        assertThat(words).doesNotContain("\\n");
        assertThat(words.lines())
                .as("no word between quotes is broken")
                .allMatch(line -> line.chars().filter(each -> each == '"').count() % 2 == 0);
        assertThat(WORDS.in(remedy).lines()).as("a message stays one line").hasSize(1);
    }

    @Test
    void wrapsTheRestOfASentenceWithTheLineThatGrew() {
        String sentence =
                "Compare both databases once more on a later day: validate(). Rows that the app has added since"
                        + " are counted, those that it has changed are named, and so is whatever else would take a third line.";
        String page = new TextPage()
                .wrapped("  6. ", sentence)
                .wrapped("  7. ", "Another point.")
                .wrapped("     ", "Other words of the same width.")
                .toString();
        assertThat(WORDS.in(page))
                .isEqualTo(new TextPage()
                        .wrapped("  6. ", sentence.replace("validate()", "\"upgrade validate\""))
                        .wrapped("  7. ", "Another point.")
                        .wrapped("     ", "Other words of the same width.")
                        .toString());
    }

    @Test
    void leavesThePartsOfAPageThatAreNoText() {
        String page = "<style>a{b:c}</style><p title=\"run()\">call run(): .accept(&quot;a&amp;b&lt;&quot;)</p>"
                + "\n<script>if (x) { run(); }</script><b>it&#39;s</b>";
        assertThat(WORDS.inHtml(page))
                .isEqualTo(
                        "<style>a{b:c}</style><p title=\"run()\">call &quot;upgrade run&quot;: --accept &#39;a&amp;b&lt;&#39;</p>"
                                + "\n<script>if (x) { run(); }</script><b>it&#39;s</b>");
    }

    /** What is an option, a verb or a rule for Java must be known here: messages may name any of them. */
    @Test
    void knowsEveryMethodThatAMessageMayName() {
        List<String> unknown = Stream.of(
                        Migration.class.getSuperclass(),
                        Migration.class,
                        Switchover.class,
                        ColumnSelection.class,
                        TypeRules.class,
                        ExistingSchema.class,
                        CreatedSchema.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(CommandWordsTest::isSaidToUsers)
                .map(CommandWordsTest::call)
                .distinct()
                .filter(call -> WORDS.in("say " + call + ", then").equals("say " + call + ", then"))
                .toList();
        assertThat(unknown).isEmpty();
    }

    private static boolean isSaidToUsers(Method method) {
        boolean answers = Set.of(
                        "rules",
                        "namedFor",
                        "preparation",
                        "keepsSeededRows",
                        "seededTables",
                        "reshaping",
                        "placements",
                        "conventions",
                        "isLowerCaseNames",
                        "isBookkeeping")
                .contains(method.getName());
        boolean asks = method.getParameterCount() == 0
                && Set.of("seededRows", "bookkeeping", "notBookkeeping").contains(method.getName());
        boolean ofObjects =
                Set.of("equals", "hashCode", "toString", "isCollateC").contains(method.getName());
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !method.isSynthetic()
                && !answers
                && !asks
                && !ofObjects;
    }

    private static String call(Method method) {
        boolean verb = Set.of(Migration.class, Switchover.class).contains(method.getDeclaringClass());
        boolean returnsItself = method.getDeclaringClass().isAssignableFrom(method.getReturnType());
        String argument = method.getParameterCount() == 0 ? "" : "…";
        return (verb && !returnsItself ? "" : ".") + method.getName() + "(" + argument + ")";
    }
}
