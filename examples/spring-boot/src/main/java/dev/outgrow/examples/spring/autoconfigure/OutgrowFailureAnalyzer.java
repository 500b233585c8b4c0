package dev.outgrow.examples.spring.autoconfigure;

import dev.outgrow.exception.MigrationException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says why the app does not start, and what to do, in place of a stack trace. */
final class OutgrowFailureAnalyzer implements FailureAnalyzer {
    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MigrationException migration) {
                return new FailureAnalysis(migration.getMessage(), migration.remedy(), cause);
            }
            if (cause instanceof MigrationDueException due) {
                return new FailureAnalysis(due.getMessage(), due.remedy(), cause);
            }
        }
        return null;
    }
}
