package dev.outgrow.house;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two things have two names: whoever reads a simple name knows which class is meant. */
class ClassNamesTest {
    /** SQL's own grammar: CHECK, COLLATE, the event of a trigger. There the statement that it is part of tells them apart. */
    private static final String GRAMMAR = "dev.outgrow.internal.sqlite.ddl";

    @Test
    void noClassHasTheSimpleNameOfAnother() {
        JavaClasses library = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.outgrow");
        assertThat(shared(library)).isEmpty();
    }

    @Test
    void findsTwoOfOneName() {
        JavaClasses two = new ClassFileImporter().importClasses(List.class, java.awt.List.class, Map.class);
        assertThat(shared(two)).containsOnlyKeys("List");
    }

    /** Simple names of a class that stands alone, or of a nested one too, with all that have them. */
    private static Map<String, Set<String>> shared(JavaClasses classes) {
        Map<String, Set<String>> all = named(classes.stream());
        Set<String> outer =
                named(classes.stream().filter(type -> type.isTopLevelClass())).keySet();
        all.entrySet()
                .removeIf(entry ->
                        !outer.contains(entry.getKey()) || entry.getValue().size() == 1);
        return all;
    }

    private static Map<String, Set<String>> named(Stream<JavaClass> types) {
        return types.filter(type ->
                        !type.getSimpleName().isEmpty() && !type.getSimpleName().equals("package-info"))
                .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(type -> type.isTopLevelClass() || !type.getPackageName().equals(GRAMMAR))
                .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toCollection(TreeSet::new))));
    }
}
