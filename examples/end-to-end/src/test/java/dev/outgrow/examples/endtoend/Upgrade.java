package dev.outgrow.examples.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The jar of {@code examples/upgrade-command}, as the owner of an application starts it. */
final class Upgrade {
    private static final Path JAR = Path.of(
            System.getProperty("migrator.root", "../.."), "examples", "upgrade-command", "target", "upgrade.jar");

    private final Path folder;
    private final Place.InPostgres target;
    private final List<String> options;

    /**
     * The command for one application.
     *
     * @param folder in which it is started
     * @param target where PostgreSQL is
     * @param options what its owner says besides
     */
    Upgrade(Path folder, Place.InPostgres target, List<String> options) {
        this.folder = folder;
        this.target = target;
        this.options = List.copyOf(options);
    }

    /** Calls a verb for a file of SQLite. */
    Program.Ended call(String verb, Place.InFile source, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-jar",
                JAR.toAbsolutePath().toString(),
                verb,
                "--from",
                source.file().toString(),
                "--to",
                target.jdbcUrl()));
        command.addAll(options);
        command.addAll(List.of(more));
        return Program.run(folder, Map.of("PGPASSWORD", target.password()), command);
    }
}
