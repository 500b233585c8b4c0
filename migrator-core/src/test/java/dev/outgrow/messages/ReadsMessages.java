package dev.outgrow.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.plan.Notice;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.TestDatabase;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Reads the message of every exception of the library that is thrown while a class of tests runs, also of those that a test expects
 * and looks at no closer, and the report of every run. The virtual machine tells of the exceptions: its flight recorder notes them.
 * The reports stand in the journals of the databases that the tests were given. A class of tests is read that is extended with this.
 */
public final class ReadsMessages implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(ReadsMessages.class);
    private static final String EXCEPTIONS = "dev.outgrow.exception.";

    /** Made by JUnit. */
    public ReadsMessages() {}

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!FlightRecorder.isAvailable() || isNested(context)) {
            return;
        }
        Recording recording = new Recording();
        recording.enable("jdk.JavaExceptionThrow").withoutStackTrace().with("throttle", "off");
        recording.start();
        context.getStore(NAMESPACE).put(context.getUniqueId(), recording);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        Recording recording = context.getStore(NAMESPACE).get(context.getUniqueId(), Recording.class);
        if (recording == null || isNested(context)) {
            return;
        }
        Path file = Files.createTempFile("outgrow-messages", ".jfr");
        try (recording) {
            recording.stop();
            recording.dump(file);
            messages(file).forEach(message -> slips(context).addAll(Slips.in(message)));
            assertThat(slips(context)).as("slips in messages and reports").isEmpty();
        } finally {
            Files.delete(file);
        }
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invocation.proceed();
        reports(method, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invocation.proceed();
        reports(method, context);
    }

    private static void reports(ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        method.getArguments().stream()
                .filter(TestDatabase.class::isInstance)
                .map(TestDatabase.class::cast)
                .flatMap(database -> recorded(database).stream())
                .forEach(report -> read(report, slips(context)));
    }

    /** What is in a journal; nothing if there is none, or the test has left no server to ask. */
    private static List<MigrationReport> recorded(TestDatabase database) {
        try {
            if (database.value("SELECT to_regclass('outgrow.run')") == null) {
                return List.of();
            }
            return database.rows("SELECT report FROM outgrow.run WHERE report IS NOT NULL").stream()
                    .map(row -> MigrationReport.fromJson(row.get(0)))
                    .toList();
        } catch (IllegalStateException | IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    private static void read(MigrationReport report, Set<String> slips) {
        slips.addAll(Slips.in(report.toString()));
        for (Notice notice : report.notices()) {
            slips.addAll(Slips.inSentence(notice.message()));
            notice.remedies().forEach(remedy -> slips.addAll(Slips.inSentence(remedy.words())));
        }
        report.nextSteps().forEach(step -> slips.addAll(Slips.in(step)));
    }

    @SuppressWarnings("unchecked") // A store knows no type parameters.
    private static Set<String> slips(ExtensionContext context) {
        ExtensionContext all = context;
        while (all.getParent().isPresent()
                && all.getParent().get().getTestClass().isPresent()) {
            all = all.getParent().get();
        }
        return all.getStore(NAMESPACE)
                .getOrComputeIfAbsent("slips", key -> Collections.synchronizedSet(new LinkedHashSet<>()), Set.class);
    }

    private static boolean isNested(ExtensionContext context) {
        return context.getRequiredTestClass().isMemberClass();
    }

    private static Set<String> messages(Path file) throws IOException {
        Set<String> messages = new LinkedHashSet<>();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                String message = event.getString("message");
                if (message != null && event.getClass("thrownClass").getName().startsWith(EXCEPTIONS)) {
                    messages.add(message);
                }
            }
        }
        return messages;
    }
}
