package dev.outgrow.examples.command;

import dev.outgrow.command.InterruptOnShutdown;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** Moves an app's data from SQLite to PostgreSQL, and back. */
@Command(
        name = "upgrade",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Moves an app's data from SQLite to PostgreSQL, and back.",
        footer = "%nStatus: 0 done, 2 not understood, 10 blocked, 11 only warnings, 20 the source, 30 the target, 40 not the same"
                + " data, 70 a mistake of ours, 71 too little memory, 75 try again, 130 Ctrl-C: the next call goes on.")
final class UpgradeCommand {
    private UpgradeCommand() {}

    public static void main(String... arguments) {
        int status;
        try (InterruptOnShutdown ending = InterruptOnShutdown.ofThisThread()) {
            status = new CommandLine(new UpgradeCommand()).execute(arguments);
        }
        System.exit(status);
    }

    @Command(description = "Is everything ready? Changes nothing.")
    int check(@Mixin Options options) {
        return options.tell(() -> Answer.of(options.migration().readiness()));
    }

    @Command(description = "Looks at every value and says what would become of it. Changes nothing.")
    int plan(@Mixin Options options) {
        return options.tell(() -> Answer.of(options.migration().plan()));
    }

    @Command(description = "The run itself, whose last step is taken back. Keep its JSON for --rehearsed.")
    int rehearse(
            @Mixin Options options,
            @Option(names = "--disposable", description = "Into a database to be thrown away.", paramLabel = "URL")
                    @Nullable String disposable) {
        return options.tell(() -> Answer.of(
                disposable == null
                        ? options.migration().rehearse()
                        : options.migration().rehearse(options.disposable(disposable))));
    }

    @Command(description = "Migrates; the app decides by itself on which database it starts.")
    int run(@Mixin Options options) {
        return options.tell(() -> Answer.of(options.migration().run()));
    }

    @Command(name = "switch", description = "Freezes the file, migrates, seals it: the app belongs on PostgreSQL then.")
    int switchOver(@Mixin Options options) {
        return options.tell(() -> Answer.of(options.switchover().switchOver()));
    }

    @Command(description = "Which database is the right one, and what to do next. Changes nothing.")
    int status(@Mixin Options options) {
        return options.tell(() -> Answer.of(options.switchover()));
    }

    @Command(description = "Compares every value of the two databases, as they stand now.")
    int validate(@Mixin Options options) {
        return options.tell(() -> Answer.of(options.migration().validate()));
    }

    @Command(name = "carry-late-writes", description = "Carries over what was written to the file after the switch.")
    int carryLateWrites(@Mixin Options options) {
        return options.tell(() -> Answer.done(options.switchover().carryLateWrites().toString()));
    }

    @Command(name = "roll-back", description = "The way back: a new SQLite file, with all that was written since.")
    int rollBack(@Mixin Options options, @Parameters(paramLabel = "NEW-FILE") Path file) {
        return options.tell(() -> Answer.done(options.switchover().toString() + file));
    }

    @Command(description = "Gives the way back up, and archives plan, reports and events.")
    int retire(@Mixin Options options) {
        return options.tell(() -> Answer.done("Archived as " + options.switchover().retire()));
    }

    @Command(name = "discard-unfinished", description = "Drops what an unfinished run left in PostgreSQL.")
    int discardUnfinished(@Mixin Options options) {
        return options.tell(
                () -> Answer.done(options.migration().discardUnfinished() ? "Discarded." : "There was none."));
    }

    @Command(description = "Drops the record of a migration, and not its tables.")
    int forget(@Mixin Options options) {
        return options.tell(() -> Answer.done(options.migration().forget() ? "Forgotten." : "There was none."));
    }
}
