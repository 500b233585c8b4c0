package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.SmokeTest;
import dev.outgrow.report.SmokeTestResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The app's own tests of its new database. */
final class SmokeTests {
    private final Map<String, SmokeTest> tests;

    SmokeTests(Map<String, SmokeTest> tests) {
        this.tests = tests;
    }

    /** The results if none was called. */
    List<SmokeTestResult> notCalled() {
        return tests.keySet().stream()
                .map(name -> new SmokeTestResult(name, Optional.empty()))
                .toList();
    }

    /**
     * Calls all of them, even after one has failed.
     *
     * @throws MigrationException naming those that failed, with the first failure as its cause and the others
     *     suppressed in it
     */
    List<SmokeTestResult> call(DataSource postgres) {
        List<SmokeTestResult> passed = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        List<Throwable> causes = new ArrayList<>();
        tests.forEach((name, test) -> {
            long start = System.nanoTime();
            try {
                test.test(postgres);
                passed.add(new SmokeTestResult(name, Optional.of(Duration.ofNanos(System.nanoTime() - start))));
            } catch (Exception | AssertionError e) {
                failed.add("\"" + name + "\" with " + e.getClass().getName());
                causes.add(e);
            }
        });
        if (failed.isEmpty()) {
            return List.copyOf(passed);
        }
        if (causes.stream().anyMatch(InterruptedException.class::isInstance)) {
            Thread.currentThread().interrupt();
        }
        MigrationException failure = new MigrationException(
                Reason.SMOKE_TEST_FAILED,
                "The data arrived and was compared, but of " + tests.size() + " smoke tests " + failed.size()
                        + " failed: " + String.join(", ", failed) + ".",
                "fix the causes, in the app or by rules and options of the migration, and rehearse again.",
                causes.get(0));
        causes.stream().skip(1).forEach(failure::addSuppressed);
        throw failure;
    }
}
