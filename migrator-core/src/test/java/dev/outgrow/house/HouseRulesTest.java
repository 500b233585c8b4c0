package dev.outgrow.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds each rule against the library, and against classes that break it: a rule that cannot fail holds nothing. */
class HouseRulesTest {
    private static final String HOUSE = "dev.outgrow";
    private static final String BROKEN_HOUSE = "dev.outgrow.house.broken";

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages(HOUSE);
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(BROKEN_HOUSE);

    static Stream<Rule> rules() {
        return Stream.of(
                new Rule("noCirclesBetweenPackages", HouseRules::noCirclesBetweenPackages, "circle.one.First", 1),
                new Rule("nothingDependsOnTheFacade", HouseRules::nothingDependsOnTheFacade, "leaf.PointsUp", 3),
                new Rule(
                        "noForeignTypeInAPublicSignature",
                        HouseRules::noForeignTypeInAPublicSignature,
                        "api.ShowsForeignTypes",
                        8),
                new Rule(
                        "validationNeverTouchesTheEncoders",
                        HouseRules::validationNeverTouchesTheEncoders,
                        "validate.AsksTheEncoder",
                        1),
                new Rule(
                        "encodersNeverTouchTheDecoders",
                        HouseRules::encodersNeverTouchTheDecoders,
                        "encode.Encoder",
                        1),
                new Rule(
                        "decodersNeverTouchTheEncoders",
                        HouseRules::decodersNeverTouchTheEncoders,
                        "decode.text.TextDecoder",
                        1),
                new Rule("typemapStandsAlone", HouseRules::typemapStandsAlone, "typemap.KnowsTooMuch", 2),
                new Rule(
                        "validateStandsOnTypemapAlone",
                        HouseRules::validateStandsOnTypemapAlone,
                        "validate.LooksUp",
                        1),
                new Rule(
                        "nothingDependsOnTheExamples",
                        HouseRules::nothingDependsOnTheExamples,
                        "leaf.LeansOnAnExample",
                        3));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holdsInTheLibrary(Rule rule) {
        rule.of().apply(new HouseRules(HOUSE, exportedPackages())).check(LIBRARY);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void failsWhereItIsBroken(Rule rule) {
        assertThat(rule.of()
                        .apply(new HouseRules(BROKEN_HOUSE, Set.of(BROKEN_HOUSE + ".api")))
                        .evaluate(BROKEN)
                        .getFailureReport()
                        .getDetails())
                .as(rule.name())
                .hasSize(rule.violations())
                .allMatch(detail -> detail.contains(rule.culprit()), "names " + rule.culprit());
    }

    @Test
    void looksAtEveryModule() {
        assertThat(LIBRARY)
                .extracting(type -> type.getPackageName())
                .contains(HOUSE, HOUSE + ".typemap", HOUSE + ".validate", HOUSE + ".exception")
                .doesNotContain(HOUSE + ".testing", HOUSE + ".house");
        assertThat(exportedPackages())
                .contains(HOUSE, HOUSE + ".typemap", HOUSE + ".validate", HOUSE + ".exception")
                .noneMatch(name -> name.contains("internal"));
    }

    /** The packages that the modules on the class path export to everyone. */
    private static Set<String> exportedPackages() {
        Set<String> exported = new TreeSet<>();
        try {
            for (URL url :
                    Collections.list(HouseRulesTest.class.getClassLoader().getResources("module-info.class"))) {
                try (InputStream in = url.openStream()) {
                    ModuleDescriptor module = ModuleDescriptor.read(in);
                    if (module.name().startsWith(HOUSE + ".")) {
                        module.exports().stream()
                                .filter(export -> !export.isQualified())
                                .forEach(export -> exported.add(export.source()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return exported;
    }

    /**
     * A rule.
     *
     * @param culprit the class of the broken house that breaks it
     * @param violations in how many places
     */
    private record Rule(String name, Function<HouseRules, ArchRule> of, String culprit, int violations) {
        @Override
        public String toString() {
            return name;
        }
    }
}
