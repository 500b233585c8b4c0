package dev.outgrow.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A migration of ours in a JVM of its own: the whole process is a contestant, and so are its {@code run()} and its load. */
final class OwnRun {
    private final boolean small;
    private final Path work;
    final Contestant process;
    final Contestant run;
    final Contestant load;

    /**
     * A run.
     *
     * @param small whether the heap is to be of 64 MiB
     */
    OwnRun(String name, Path work, boolean small) {
        this.work = work;
        this.small = small;
        this.process = new Contestant(name + ", whole process");
        this.run = new Contestant(name + ", run()");
        this.load = new Contestant(name + ", its load alone");
    }

    /** Migrates once; into tables that are there, if these are said to exist. */
    void once(Path sqlite, String target, boolean existing) throws IOException, InterruptedException {
        Path nanos = work.resolve("nanos");
        Path backup = work.resolve("backup.db");
        Files.deleteIfExists(nanos);
        Files.deleteIfExists(backup);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (small) {
            command.add("-Xmx64m");
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                MigrateOnce.class.getName(),
                sqlite.toString(),
                target,
                backup.toString(),
                nanos.toString(),
                existing ? "existing" : "created"));
        process.run(command);
        if (Files.exists(nanos)) {
            List<String> times = Files.readAllLines(nanos);
            run.took(Long.parseLong(times.get(0)));
            load.took(Long.parseLong(times.get(1)));
        }
        Files.deleteIfExists(backup);
    }

    List<Contestant> all() {
        return List.of(process, run, load);
    }
}
