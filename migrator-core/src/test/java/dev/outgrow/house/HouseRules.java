package dev.outgrow.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * The rules of the house, each for the house below a root package.
 *
 * @param root the package that holds the facade, without a trailing dot
 * @param exported the packages that everyone may use
 */
record HouseRules(String root, Set<String> exported) {
    /** Each package is a room, and a circle of rooms has no first one to understand. */
    ArchRule noCirclesBetweenPackages() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    /** The facade package holds the facade alone, so that internals never point back up. */
    ArchRule nothingDependsOnTheFacade() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root)
                .should()
                .dependOnClassesThat(resideInAPackage(root))
                .because("the facade calls the rooms, never the other way");
    }

    /** A type in a public signature is a dependency forced upon users. */
    ArchRule noForeignTypeInAPublicSignature() {
        return classes()
                .that(describe("are exported", type -> exported.contains(type.getPackageName())))
                .should(PublicSignatures.nameNone(foreignToTheApi()))
                .because("users would have to have the same version of it");
    }

    private DescribedPredicate<JavaClass> foreignToTheApi() {
        return resideInAnyPackage(
                        "org.jooq..", "com.google..", "org.sqlite..", "org.postgresql..", root + "..internal..")
                .as("types of jOOQ, Guava, Gson, the drivers or an internal package");
    }

    /** Validation is independent: it never asks the code that wrote the data whether the data is right. */
    ArchRule validationNeverTouchesTheEncoders() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".validate..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".typemap.internal.encode..")
                .because("neither the encoder nor the comparison may confirm its own mistake");
    }

    /** The two directions of a conversion share no code, so that a mistake in one shows in the other. */
    ArchRule encodersNeverTouchTheDecoders() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".typemap.internal.encode..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".typemap.internal.decode..")
                .because("a shared mistake would cancel out in the comparison");
    }

    /** The other half of {@link #encodersNeverTouchTheDecoders()}. */
    ArchRule decodersNeverTouchTheEncoders() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".typemap.internal.decode..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".typemap.internal.encode..")
                .because("a shared mistake would cancel out in the comparison");
    }

    /** The lowest module: pure functions, that know nothing of the house nor of databases. */
    ArchRule typemapStandsAlone() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".typemap..")
                .should()
                .dependOnClassesThat(inTheHouse().and(not(resideInAPackage(root + ".typemap.."))))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..");
    }

    /** The module above it: the arrow to core points down only. */
    ArchRule validateStandsOnTypemapAlone() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".validate..")
                .should()
                .dependOnClassesThat(
                        inTheHouse().and(not(resideInAnyPackage(root + ".validate..", root + ".typemap.."))));
    }

    /** Examples are what a reader copies from; nothing of the library leans on them. */
    ArchRule nothingDependsOnTheExamples() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".examples..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(root + ".examples..");
    }

    private DescribedPredicate<JavaClass> inTheHouse() {
        return resideInAPackage(root + "..");
    }
}
