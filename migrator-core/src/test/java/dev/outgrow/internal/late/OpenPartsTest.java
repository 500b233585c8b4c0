package dev.outgrow.internal.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartsTest {
    private final List<String> closed = new ArrayList<>();
    private final OpenParts parts = new OpenParts();

    private void part(String name, Exception... failure) {
        parts.kept((AutoCloseable) () -> {
            closed.add(name);
            if (failure.length > 0) {
                throw failure[0];
            }
        });
    }

    @Test
    void closesTheLastFirst() {
        part("snapshot");
        part("connection");
        parts.close();
        parts.close();
        assertThat(closed).containsExactly("connection", "snapshot");
    }

    @Test
    void closesEachEvenIfAnotherFails() {
        IOException first = new IOException("folder");
        IllegalStateException second = new IllegalStateException("statement");
        part("snapshot", first);
        part("state");
        part("connection", second);
        assertThat(catchThrowable(parts::close))
                .isSameAs(second)
                .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasCause(first));
        assertThat(closed).containsExactly("connection", "state", "snapshot");
    }

    @Test
    void keepsTheFailureAfterWhichTheyAreClosed() {
        IllegalStateException failure = new IllegalStateException("no such table");
        IllegalStateException closing = new IllegalStateException("folder");
        part("snapshot", closing);
        parts.closeAfter(failure);
        assertThat(failure).hasSuppressedException(closing);
        assertThat(closed).containsExactly("snapshot");
    }
}
