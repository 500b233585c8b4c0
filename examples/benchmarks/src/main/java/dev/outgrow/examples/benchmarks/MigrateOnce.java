package dev.outgrow.examples.benchmarks;

import dev.outgrow.Migration;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.report.PhaseTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One migration on two connections, in a JVM of its own; writes down how long it took, and how long the load alone. */
final class MigrateOnce {
    private static final Set<Phase> LOAD = EnumSet.of(Phase.PRE_DATA, Phase.DATA, Phase.POST_DATA);

    private MigrateOnce() {}

    /**
     * The SQLite file, the JDBC URL of a database, the backup to write, the file to write both times to, and whether the tables
     * are {@code existing}.
     */
    public static void main(String[] args) throws Exception {
        Migration migration = Migration.from(Path.of(args[0]))
                .to(args[1])
                .backup(Backup.to(Path.of(args[2])))
                .accept("*")
                .parallelism(2);
        long begin = System.nanoTime();
        MigrationReport report = args[4].equals("existing")
                ? migration.into(TargetSchema.existing("public")).run()
                : migration.run();
        long run = System.nanoTime() - begin;
        Duration load = report.phases().stream()
                .filter(phase -> LOAD.contains(phase.phase()))
                .map(PhaseTime::time)
                .reduce(Duration.ZERO, Duration::plus);
        Files.write(Path.of(args[3]), List.of(Long.toString(run), Long.toString(load.toNanos())));
    }
}
