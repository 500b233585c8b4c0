package dev.outgrow.validate.internal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

@AnalyzeClasses(packages = "dev.outgrow.validate", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_NOTHING_OF_THE_HALF_THAT_WRITES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.outgrow.typemap.internal.encode..", "dev.outgrow.typemap.internal.rules..");

    @ArchTest
    static final ArchRule KNOWS_NOTHING_OF_THE_MIGRATION = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.outgrow.validate..",
                    "dev.outgrow.typemap..",
                    "java..",
                    "com.google.common..",
                    "com.google.errorprone.annotations..",
                    "com.google.gson..",
                    "org.jspecify..",
                    "org.postgresql..",
                    "org.sqlite..");

    @ArchTest
    static final ArchRule HAS_NO_CIRCLES =
            slices().matching("dev.outgrow.validate.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule SHOWS_NO_GUAVA = noClasses()
            .that()
            .resideInAPackage("dev.outgrow.validate")
            .and()
            .arePublic()
            .should(new ArchCondition<>("have Guava or Gson in a public signature") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getMethods().stream()
                            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                            .forEach(method -> events.add(new SimpleConditionEvent(
                                    method,
                                    method.getAllInvolvedRawTypes().stream()
                                            .anyMatch(it -> it.getPackageName().startsWith("com.google")),
                                    method.getFullName())));
                }
            });
}
