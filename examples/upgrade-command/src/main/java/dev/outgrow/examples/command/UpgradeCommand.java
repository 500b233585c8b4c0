package dev.outgrow.examples.command;

import dev.outgrow.command.Answer;
import dev.outgrow.command.InterruptOnShutdown;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

@Command(
        name = "upgrade",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        description = "Moves an app's data from SQLite to PostgreSQL, and back.",
        footer = "%nStatus: 0 done, 10 blocked, 11 warnings, 20 source, 30 target, 40 data, 75 again, 130 Ctrl-C.")
final class UpgradeCommand {
    public static void main(String... arguments) {
        CommandLine line = new CommandLine(new UpgradeCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(InterruptOnShutdown.during(() -> line.execute(arguments)));
    }

    @Command(description = "Is everything ready? Changes nothing.")
    int check(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.of(options.migration().readiness()));
    }

    @Command(description = "Looks at every value, and says what will become of it. Changes nothing.")
    int plan(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.of(options.migration().plan()));
    }

    @Command(description = "The run itself, whose last step is taken back. Keep its --json for --rehearsed.")
    int rehearse(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.of(options.rehearsal()));
    }

    @Command(description = "Migrates. Which database the app then starts on, its settings say.")
    int run(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.of(options.migration().run()));
    }

    @Command(name = "copy-ahead", description = "Copies beside the running app, so that switch takes less time.")
    int copyAhead(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.of(options.switchover().copyAhead()));
    }

    @Command(name = "switch", description = "Freezes the file, migrates, and seals it: the app is on PostgreSQL then.")
    int switchOver(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.of(options.switchover().switchOver()));
    }

    @Command(description = "Which database is the right one, and what to do next. Changes nothing.")
    int status(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.of(options.switchover().status()));
    }

    @Command(description = "Compares every value of the two databases, as they stand now.")
    int validate(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.of(options.migration().validate()));
    }

    @Command(name = "carry-late-writes", description = "Carries over what was written to the file after the switch.")
    int carryLateWrites(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.of(options.switchover().carryLateWrites()));
    }

    @Command(name = "roll-back", description = "The way back: a new SQLite file, with all that was written since.")
    int rollBack(@Mixin Options options, @Parameters(paramLabel = "NEW-FILE") Path file) throws Exception {
        return options.tell(() -> Answer.of(options.switchover().rollBack(file)));
    }

    @Command(name = "rehearse-roll-back", description = "The way back, into a file that is thrown away.")
    int rehearseRollBack(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.of(options.switchover().rehearseRollBack()));
    }

    @Command(description = "Gives the way back up, and archives what happened.")
    int retire(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.said("Archive: " + options.switchover().retire()));
    }

    @Command(name = "discard-unfinished", description = "Drops what an unfinished run has left in PostgreSQL.")
    int discardUnfinished(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.dropped(options.migration().discardUnfinished()));
    }

    @Command(description = "Drops the record of a migration, and not its tables.")
    int forget(@Mixin Options options) throws Exception {
        return options.tell(() -> Answer.dropped(options.migration().forget()));
    }
}
