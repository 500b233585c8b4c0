package dev.outgrow.examples.command;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import dev.outgrow.command.Answer;
import dev.outgrow.command.CommandWords;
import dev.outgrow.command.PasswordSearch;
import dev.outgrow.command.RulesFile;
import dev.outgrow.option.Backup;
import dev.outgrow.option.OrphanPolicy;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.option.WayBack;
import dev.outgrow.progress.ConsoleProgress;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.typemap.MisfitPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** What can be said, under the names of the library's methods. An app knows much of it, and leaves such options out. */
final class Options {
    private static final CommandWords WORDS = CommandWords.of("upgrade");

    @Option(names = "--from", paramLabel = "FILE", required = true, description = "The SQLite database.")
    private Path from = Path.of("");

    @Option(names = "--to", paramLabel = "URL", description = "jdbc:postgresql://host/database?user=role")
    private @Nullable String to;

    @Option(names = "--password-file", description = "Or - for stdin; else PGPASSWORD, ~/.pgpass, or a prompt.")
    private @Nullable Path passwordFile;

    @Option(names = "--rules", paramLabel = "FILE", description = "What columns become, and more, as JSON.")
    private @Nullable Path rules;

    @Option(names = "--accept", paramLabel = "GLOB", description = "Accepts losses by their ids: view:*.")
    private String[] accept = {};

    @Option(names = "--except", paramLabel = "GLOB", description = "Leaves these tables out.")
    private String[] except = {};

    @Option(names = "--created", paramLabel = "SCHEMA", description = "Its tables are made; by default public.")
    private String created = "public";

    @Option(names = "--existing", paramLabel = "SCHEMA", description = "The app's migrations made its tables.")
    private @Nullable String existing;

    @Option(names = "--on-misfit", description = "${COMPLETION-CANDIDATES}; by default FAIL.")
    private MisfitPolicy onMisfit = MisfitPolicy.FAIL;

    @Option(names = "--orphans", paramLabel = "KEY=POLICY", description = "Rows without parent, by table.column.")
    private Map<String, OrphanPolicy> orphans = Map.of();

    @Option(names = "--backup", paramLabel = "FILE", description = "By default beside the database.")
    private @Nullable Path backup;

    @Option(names = "--parallelism", paramLabel = "N", description = "Connections on each side; by default 4.")
    private int parallelism = 4;

    @Option(names = "--lock-timeout", paramLabel = "TIME", description = "For another instance to end: PT30M.")
    private Duration lockTimeout = Duration.ofMinutes(30);

    @Option(names = "--freeze-timeout", paramLabel = "TIME", description = "For writers to end: PT30S.")
    private Duration freezeTimeout = Duration.ofSeconds(30);

    @Option(names = "--stall-timeout", paramLabel = "TIME", description = "For a silent server: PT5M.")
    private Duration stallTimeout = Duration.ofMinutes(5);

    @Option(names = "--source-may-be-written", description = "Leaves behind what is written meanwhile.")
    private boolean sourceMayBeWritten;

    @Option(names = "--disposable", paramLabel = "URL", description = "Rehearses there: it may be thrown away.")
    private @Nullable String disposable;

    @Option(names = "--rehearsed", paramLabel = "FILE", description = "Runs what was rehearsed, by its JSON.")
    private @Nullable Path rehearsed;

    @Option(names = "--accept-late-writes", paramLabel = "GLOB", description = "Leaves them behind, by table.")
    private String[] acceptLateWrites = {};

    @Option(names = "--seal", arity = "1", description = "Whether the file loses its write permission.")
    private boolean seal = true;

    @Option(names = "--way-back", description = "${COMPLETION-CANDIDATES}; asked if it would lose something.")
    private @Nullable WayBack wayBack;

    @Option(names = "--json", description = "Prints JSON instead of text.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes the same as one HTML page.")
    private @Nullable Path report;

    @Option(names = "--support", paramLabel = "FILE", description = "Writes a zip for whoever helps: no secrets.")
    private @Nullable Path support;

    private final ConsoleProgress progress = ConsoleProgress.to(System.err);

    Migration migration() throws IOException {
        RulesFile file = rules == null ? RulesFile.parse("{}") : RulesFile.read(rules);
        TargetSchema named = existing == null ? TargetSchema.created(created) : TargetSchema.existing(existing);
        Migration asked = Migration.from(from)
                .into(file.schema().orElse(named))
                .typeRules(file.typeRules())
                .accept(file.accepted().toArray(String[]::new))
                .accept(accept)
                .except(except)
                .onMisfit(onMisfit)
                .parallelism(parallelism)
                .lockTimeout(lockTimeout)
                .stallTimeout(stallTimeout)
                .sourceMayBeWritten(sourceMayBeWritten)
                .listener(progress);
        for (Map.Entry<String, OrphanPolicy> each : orphans.entrySet()) {
            asked = asked.orphans(each.getValue(), each.getKey());
        }
        asked = backup == null
                ? asked
                : asked.backup(backup.equals(Path.of("none")) ? Backup.none() : Backup.to(backup));
        asked = rehearsed == null ? asked : asked.rehearsed(Rehearsal.fromJson(Files.readString(rehearsed)));
        return to == null ? asked : asked.to(withPassword(to));
    }

    Switchover switchover() throws IOException {
        Switchover asked = Switchover.of(migration()).seal(seal);
        asked = asked.freezeTimeout(freezeTimeout).acceptLateWrites(acceptLateWrites);
        return wayBack == null ? asked : asked.wayBack(wayBack);
    }

    Rehearsal rehearsal() throws IOException {
        return disposable == null ? migration().rehearse() : migration().rehearse(withPassword(disposable));
    }

    private String withPassword(String url) throws IOException {
        return PasswordSearch.of(url).file(passwordFile).orPrompt().url();
    }

    /** Does the work and says what came of it; the status to end with. */
    int tell(Callable<Answer> work) throws Exception {
        try {
            Answer answer = Answer.to(work);
            progress.finish();
            System.out.println(json ? answer.json() : WORDS.in(answer.text()));
            answer.write(WORDS, report, support);
            return answer.exitCode();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            System.err.println(WORDS.in(e instanceof IOException ? e.toString() : String.valueOf(e.getMessage())));
            return ExitCode.USAGE;
        }
    }
}
