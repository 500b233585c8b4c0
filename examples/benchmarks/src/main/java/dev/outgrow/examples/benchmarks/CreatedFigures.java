package dev.outgrow.examples.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file into a schema that is made, beside the tools that make one as well, and beside a restore of what we made. */
final class CreatedFigures {
    private static final String MADE = "outgrow_benchmark";
    private static final String OTHER = "outgrow_benchmark_other";

    private final BenchmarkServer server;
    private final Path work;
    private final OwnRun own;
    private final Contestant pgloader = new Contestant("pgloader");
    private final Contestant ogr2ogr = new Contestant("ogr2ogr (no foreign keys)");
    private final Contestant restore = new Contestant("pg_restore -j2");

    CreatedFigures(BenchmarkServer server, Path work, boolean smallHeap) {
        this.server = server;
        this.work = work;
        this.own = new OwnRun("outgrow", work, smallHeap);
    }

    void measure(Path sqlite, int rounds) throws Exception {
        List<Contestant> all = new ArrayList<>(own.all());
        all.addAll(List.of(pgloader, ogr2ogr, restore));
        for (int round = 0; round <= rounds; round++) {
            server.fresh(MADE);
            own.once(sqlite, server.jdbc(MADE), false);
            if (Contestant.isInstalled("pg_restore")) {
                restore();
            }
            if (Contestant.isInstalled("pgloader")) {
                server.fresh(OTHER);
                pgloader.run(OtherTools.pgloader(sqlite, server.libpq(OTHER)));
            }
            if (Contestant.isInstalled("ogr2ogr")) {
                server.fresh(OTHER);
                ogr2ogr.run(OtherTools.ogr2ogr(sqlite, server.libpq(OTHER)));
            }
            if (round == 0) {
                all.forEach(Contestant::forget);
            }
        }
        Comparison comparison = new Comparison(sqlite.getFileName() + " into a schema that is made");
        comparison.ratio("the process against pgloader", own.process, pgloader);
        comparison.ratio("run() against pg_restore", own.run, restore);
        comparison.ratio("the load against pg_restore", own.load, restore);
        comparison.print(all, SampleDatabase.rows(sqlite), Files.size(sqlite));
    }

    private void restore() throws Exception {
        Path dump = work.resolve("dump");
        EndToEnd.delete(dump);
        Contestant dumping = new Contestant("pg_dump");
        dumping.run(OtherTools.dump(server.libpq(MADE), dump));
        if (dumping.failure().isPresent()) {
            restore.failed(dumping.failure().get());
            return;
        }
        server.fresh(OTHER);
        server.in(OTHER, "DROP SCHEMA public");
        restore.run(OtherTools.restore(dump, server.libpq(OTHER)));
    }
}
