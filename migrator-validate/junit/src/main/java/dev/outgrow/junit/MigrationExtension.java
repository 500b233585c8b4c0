package dev.outgrow.junit;

import dev.outgrow.report.MigrationReport;
import dev.outgrow.validate.ValidationReport;
import java.lang.reflect.AnnotatedElement;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Migrates the fixture of a {@link MigrationTest} before the test, and gives the test what came of it. */
final class MigrationExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(MigrationExtension.class);
    private static final Set<Class<?>> PARAMETERS =
            Set.of(MigrationReport.class, ValidationReport.class, DataSource.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        MigrationAssertions.begin(migrated(context));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        MigrationAssertions.end();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MigratedFixture migrated = migrated(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == MigrationReport.class) {
            return migrated.report();
        }
        return type == ValidationReport.class ? migrated.compare() : migrated.dataSource();
    }

    private static MigratedFixture migrated(ExtensionContext context) {
        Optional<ExtensionContext> place = Optional.of(context);
        while (place.isPresent()) {
            ExtensionContext here = place.get();
            Optional<MigrationTest> test = AnnotationSupport.findAnnotation(here.getElement(), MigrationTest.class);
            if (test.isPresent()) {
                return migrated(here, test.get()).successful();
            }
            place = here.getParent();
        }
        throw new ExtensionConfigurationException("No @MigrationTest at " + context.getDisplayName());
    }

    /** Once for each annotated class or method: the store asks those around it, too, so that the element is the key. */
    @SuppressWarnings("deprecation") // JUnit 6 prefers computeIfAbsent, which 5.12 does not have
    private static MigratedFixture migrated(ExtensionContext here, MigrationTest test) {
        AnnotatedElement element = here.getElement().orElseThrow();
        return Objects.requireNonNull(here.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        element,
                        key -> MigratedFixture.migrate(
                                Fixture.of(test.fixture(), here.getRequiredTestClass()),
                                Configuration.of(test, here.getRequiredTestClass()),
                                server(here)),
                        MigratedFixture.class));
    }

    @SuppressWarnings("deprecation") // as above
    private static TestServer server(ExtensionContext context) {
        return Objects.requireNonNull(context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(TestServer.class, key -> TestServer.chosenBy(context), TestServer.class));
    }
}
