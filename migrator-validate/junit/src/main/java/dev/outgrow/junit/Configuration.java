package dev.outgrow.junit;

import dev.outgrow.Migration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The options of the migration that a test class asks for, in their order. */
final class Configuration {
    private final List<UnaryOperator<Migration>> steps;

    private Configuration(List<UnaryOperator<Migration>> steps) {
        this.steps = List.copyOf(steps);
    }

    /** What the annotation names, and then the marked methods of the class and of those around it, from the outside in. */
    static Configuration of(MigrationTest test, Class<?> testClass) {
        List<UnaryOperator<Migration>> steps = new ArrayList<>();
        for (Class<? extends UnaryOperator<Migration>> type : test.configuredBy()) {
            steps.add(ReflectionSupport.newInstance(type));
        }
        int first = steps.size();
        for (@Nullable Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
            steps.addAll(
                    first,
                    AnnotationSupport.findAnnotatedMethods(
                                    type, MigrationTest.Configure.class, HierarchyTraversalMode.TOP_DOWN)
                            .stream()
                            .map(Configuration::step)
                            .toList());
        }
        return new Configuration(steps);
    }

    private static UnaryOperator<Migration> step(Method method) {
        if (!Modifier.isStatic(method.getModifiers())
                || method.getReturnType() != Migration.class
                || !Arrays.equals(method.getParameterTypes(), new Class<?>[] {Migration.class})) {
            throw new ExtensionConfigurationException("The method with @MigrationTest.Configure must be of the form"
                    + " \"static Migration " + method.getName() + "(Migration migration)\": " + method);
        }
        return migration -> (Migration) ReflectionSupport.invokeMethod(method, null, migration);
    }

    /** The migration with all options. */
    Migration configured(Migration plain) {
        Migration migration = plain;
        for (UnaryOperator<Migration> step : steps) {
            @Nullable Migration next = step.apply(migration);
            if (next == null) {
                throw new ExtensionConfigurationException("A configuration of the migration returned null: " + step);
            }
            migration = next;
        }
        return migration;
    }
}
