package dev.outgrow.examples.command;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import dev.outgrow.command.CommandWords;
import dev.outgrow.command.PasswordSearch;
import dev.outgrow.command.RulesFile;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.option.Backup;
import dev.outgrow.option.OrphanPolicy;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.progress.ConsoleProgress;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.typemap.MisfitPolicy;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** What can be said of the migration, under the names of the methods. Of an app much is known: it leaves such options out. */
final class Options {
    @Option(names = "--from", paramLabel = "FILE", required = true, description = "The SQLite database.")
    private Path from = Path.of("");

    @Option(names = "--to", paramLabel = "URL", description = "jdbc:postgresql://host/database?user=role")
    private @Nullable String to;

    @Option(names = "--password-file", paramLabel = "FILE", description = "Its first line; - is standard input. Else"
            + " PGPASSWORD, ~/.pgpass, or a prompt.")
    private @Nullable Path passwordFile;

    @Option(names = "--rules", paramLabel = "FILE", description = "What columns become, and more, as JSON.")
    private @Nullable Path rules;

    @Option(names = "--accept", paramLabel = "GLOB", description = "Accepts losses by their ids, such as view:*.")
    private String[] accept = {};

    @Option(names = "--created", paramLabel = "SCHEMA", description = "Its tables are made; by default public.")
    private @Nullable String created;

    @Option(names = "--existing", paramLabel = "SCHEMA", description = "The app's migrations made its tables.")
    private @Nullable String existing;

    @Option(names = "--on-misfit", description = "${COMPLETION-CANDIDATES}; by default FAIL.")
    private MisfitPolicy onMisfit = MisfitPolicy.FAIL;

    @Option(names = "--orphans", paramLabel = "KEY=POLICY", description = "Rows without parent, by table.column.")
    private Map<String, OrphanPolicy> orphans = Map.of();

    @Option(names = "--backup", paramLabel = "FILE", description = "Where it is kept; by default beside the database.")
    private @Nullable Path backup;

    @Option(names = "--parallelism", paramLabel = "N", description = "Connections on each side.")
    private @Nullable Integer parallelism;

    @Option(names = "--lock-timeout", paramLabel = "TIME", description = "For another instance to end: PT30M.")
    private Duration lockTimeout = Duration.ofMinutes(30);

    @Option(names = "--source-may-be-written", description = "Leaves behind what is written meanwhile.")
    private boolean sourceMayBeWritten;

    @Option(names = "--rehearsed", paramLabel = "FILE", description = "Runs what was rehearsed, by its JSON.")
    private @Nullable Path rehearsed;

    @Option(names = "--accept-late-writes", paramLabel = "GLOB", description = "Leaves them behind, by table.")
    private String[] acceptLateWrites = {};

    @Option(names = "--json", description = "Prints JSON instead of text.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the same as one HTML page.")
    private @Nullable Path report;

    @Option(names = "--support", paramLabel = "FILE", description = "Writes a zip for whoever helps; without secrets.")
    private @Nullable Path support;

    private final ConsoleProgress progress = ConsoleProgress.to(System.err);

    Migration migration() throws IOException {
        RulesFile file = rules == null ? RulesFile.parse("{}") : RulesFile.read(rules);
        Migration migration = Migration.from(from)
                .typeRules(file.typeRules())
                .accept(file.accepted().toArray(String[]::new))
                .accept(accept)
                .onMisfit(onMisfit)
                .lockTimeout(lockTimeout)
                .sourceMayBeWritten(sourceMayBeWritten)
                .listener(progress);
        for (Map.Entry<String, OrphanPolicy> each : orphans.entrySet()) {
            migration = migration.orphans(each.getValue(), each.getKey());
        }
        migration = file.schema().map(migration::into).orElse(migration);
        migration = created == null ? migration : migration.into(TargetSchema.created(created));
        migration = existing == null ? migration : migration.into(TargetSchema.existing(existing));
        migration = backup == null ? migration : migration.backup(Backup.to(backup));
        migration = parallelism == null ? migration : migration.parallelism(parallelism);
        migration = rehearsed == null ? migration : migration.rehearsed(Rehearsal.fromJson(Files.readString(rehearsed)));
        return to == null ? migration : migration.to(login(to));
    }

    Switchover switchover() throws IOException {
        return Switchover.of(migration()).acceptLateWrites(acceptLateWrites);
    }

    private String login(String url) throws IOException {
        PasswordSearch search = PasswordSearch.of(url);
        if (passwordFile != null) {
            boolean dash = passwordFile.toString().equals("-");
            search = dash ? search.standardInput(System.in) : search.file(passwordFile);
        }
        Console console = System.console();
        return search.orPrompt(() -> console == null ? null : console.readPassword("Password: ")).url();
    }

    /** Does the work, and tells what came of it; the status to end with. */
    int tell(Callable<Answer> work) {
        try {
            return told(work.call());
        } catch (MigrationException e) {
            return told(Answer.of(e));
        } catch (IllegalArgumentException | IllegalStateException | IOException e) {
            System.err.println(CommandWords.of("upgrade").in(e instanceof IOException ? e.toString() : e.getMessage() + ""));
            return ExitCode.USAGE;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private int told(Answer answer) throws IOException {
        return 0;
    }
}
