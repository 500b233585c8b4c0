package dev.outgrow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Has the server ask one role for its password, until it is closed: the embedded server trusts whoever comes from this machine. */
final class PasswordDemand implements AutoCloseable {
    private final Path file;
    private final List<String> before;
    private final TestDatabase database;

    private PasswordDemand(Path file, List<String> before, TestDatabase database) {
        this.file = file;
        this.before = before;
        this.database = database;
    }

    /** Skips the test where the server's own file is not on this machine. */
    static PasswordDemand of(@Nullable String role, TestDatabase database) throws IOException {
        Path file = Path.of(Objects.requireNonNull(database.value("SHOW hba_file")));
        assumeTrue(Files.isWritable(file), "the server is on another machine");
        PasswordDemand demand = new PasswordDemand(file, Files.readAllLines(file), database);
        List<String> lines = new ArrayList<>(List.of("host all " + role + " all scram-sha-256"));
        lines.addAll(demand.before);
        demand.write(lines);
        return demand;
    }

    private void write(List<String> lines) throws IOException {
        Files.write(file, lines);
        database.value("SELECT pg_reload_conf()");
    }

    @Override
    public void close() {
        try {
            write(before);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
