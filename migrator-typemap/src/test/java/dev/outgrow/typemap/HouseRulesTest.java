package dev.outgrow.typemap;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.outgrow.typemap", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule THE_HALF_THAT_PROVES_SHARES_NO_CODE_WITH_THE_HALF_THAT_WRITES = noClasses()
            .that()
            .resideInAPackage("..decode..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..encode..", "..parse..", "..census..", "..rules..", "..declared..");

    @ArchTest
    static final ArchRule THE_HALF_THAT_WRITES_DOES_NOT_KNOW_THE_HALF_THAT_PROVES = noClasses()
            .that()
            .resideOutsideOfPackage("..decode..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..decode..");

    @ArchTest
    static final ArchRule WHAT_IS_PUBLIC_DEPENDS_ON_NOTHING_INTERNAL_BUT_THE_WORDS_AND_PATTERNS_OF_ALL = noClasses()
            .that()
            .resideInAPackage("dev.outgrow.typemap")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("..internal..").and(not(resideInAPackage("dev.outgrow.typemap.internal.text"))));

    @ArchTest
    static final ArchRule THE_WORDS_AND_PATTERNS_OF_ALL_DEPEND_ON_NOBODY = noClasses()
            .that()
            .resideInAPackage("dev.outgrow.typemap.internal.text")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.outgrow..").and(not(resideInAPackage("dev.outgrow.typemap.internal.text"))));

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CIRCLE =
            slices().matching("dev.outgrow.typemap.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule VALUES_ARE_CONVERTED_WITHOUT_JDBC =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.sql..", "javax.sql..");
}
