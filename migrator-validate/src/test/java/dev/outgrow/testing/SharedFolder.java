package dev.outgrow.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Folders of real data that stand beside the checkout: the one that the system property {@code migrator.NAME} names, else
 * {@code ../shared/NAME}. A test that asks for one is annotated with {@link NeedsShared}.
 */
public final class SharedFolder {
    private SharedFolder() {}

    /**
     * The folder of that name.
     *
     * @throws IllegalStateException if it is not there
     */
    public static Path called(String name) {
        Path folder = place(name);
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    "No folder " + folder + ": annotate the test with @NeedsShared(\"" + name + "\")");
        }
        return folder;
    }

    private static Path place(String name) {
        String given = System.getProperty(property(name), "");
        Path folder = given.isBlank()
                ? Path.of(System.getProperty("migrator.root", ""), "..", "shared", name)
                : Path.of(given);
        return folder.toAbsolutePath().normalize();
    }

    private static String property(String name) {
        return "migrator." + name;
    }

    /** Skips tests whose folder is not there. One that a property names must be. */
    static final class IsThere implements ExecutionCondition {
        /** Made by JUnit. */
        IsThere() {}

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<NeedsShared> needs = AnnotationSupport.findAnnotation(context.getElement(), NeedsShared.class);
            if (needs.isEmpty()) {
                return ConditionEvaluationResult.enabled("needs no folder");
            }
            String name = needs.get().value();
            Path folder = place(name);
            if (Files.isDirectory(folder)) {
                return ConditionEvaluationResult.enabled(folder.toString());
            }
            if (!System.getProperty(property(name), "").isBlank()) {
                throw new IllegalStateException("-D" + property(name) + " names no folder: " + folder);
            }
            return ConditionEvaluationResult.disabled(
                    "No folder " + folder + ": name another with -D" + property(name));
        }
    }
}
