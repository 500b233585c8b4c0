package dev.outgrow.examples.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file into tables that are there, beside the same file into a schema that is made, and beside pipes into the same tables. */
final class ExistingFigures {
    private static final String MADE = "outgrow_benchmark";
    private static final String EMPTY = "outgrow_benchmark_empty";
    private static final String FILLED = "outgrow_benchmark_filled";

    private final BenchmarkServer server;
    private final OwnRun created;
    private final OwnRun existing;
    private final Contestant pipes = new Contestant("sqlite3 -csv | psql, no checks");

    ExistingFigures(BenchmarkServer server, Path work) {
        this.server = server;
        this.created = new OwnRun("created", work, true);
        this.existing = new OwnRun("existing", work, true);
    }

    void measure(Path sqlite, int rounds) throws Exception {
        List<Contestant> all = new ArrayList<>(created.all());
        all.addAll(existing.all());
        all.add(pipes);
        for (int round = 0; round <= rounds; round++) {
            server.fresh(MADE);
            created.once(sqlite, server.jdbc(MADE), false);
            if (round == 0) {
                server.fresh(EMPTY, MADE);
                server.empty(EMPTY);
            }
            server.fresh(FILLED, EMPTY);
            existing.once(sqlite, server.jdbc(FILLED), true);
            if (Contestant.isInstalled("sqlite3") && Contestant.isInstalled("psql")) {
                server.fresh(FILLED, EMPTY);
                pipes.run(OtherTools.pipes(sqlite, server.libpq(FILLED)));
            }
            if (round == 0) {
                all.forEach(Contestant::forget);
            }
        }
        Comparison comparison = new Comparison(sqlite.getFileName() + " into tables that exist");
        comparison.ratio("run() into tables that exist against a schema that is made", existing.run, created.run);
        comparison.print(all, SampleDatabase.rows(sqlite), Files.size(sqlite));
    }
}
