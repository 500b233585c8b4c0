package dev.outgrow.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.outgrow.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * What JUnit says of test classes.
 *
 * @param passed how many tests were green
 * @param failure the messages of the others
 */
record TestOutcome(long passed, String failure) {
    static TestOutcome of(TestDatabase server, Class<?>... testClasses) {
        return of(Map.of(TestServer.URL, server.jdbcUrl()), testClasses);
    }

    static TestOutcome of(Map<String, String> parameters, Class<?>... testClasses) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Stream.of(testClasses)
                                        .map(type -> selectClass(type))
                                        .toList())
                                .configurationParameters(parameters)
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        StringWriter failures = new StringWriter();
        PrintWriter writer = new PrintWriter(failures);
        summary.getFailures()
                .forEach(failure -> writer.println(failure.getException().getMessage()));
        return new TestOutcome(summary.getTestsSucceededCount(), failures.toString());
    }
}
