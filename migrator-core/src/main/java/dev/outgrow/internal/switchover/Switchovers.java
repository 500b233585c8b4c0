package dev.outgrow.internal.switchover;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.late.IdentityCheck;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.sqlite.source.Outline;
import dev.outgrow.internal.truth.Claim;
import dev.outgrow.internal.truth.EventLog;
import dev.outgrow.internal.truth.Happening;
import dev.outgrow.internal.truth.Marker;
import dev.outgrow.internal.truth.Markers;
import dev.outgrow.internal.truth.Situation;
import dev.outgrow.internal.truth.TargetLook;
import dev.outgrow.internal.truth.Truth;
import dev.outgrow.internal.truth.Verdict;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.LateWrites;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.switchover.SwitchoverState;
import dev.outgrow.switchover.SwitchoverStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The verbs of a switchover. Each examines both sides anew. */
public final class Switchovers {
    private static final System.Logger LOG = System.getLogger(Switchovers.class.getName());

    private final SwitchoverOptions options;
    private final Path file;
    private final Truth truth;

    /**
     * The verbs for one file.
     *
     * @throws MigrationException if the source is no file
     */
    public Switchovers(SwitchoverOptions options) {
        this.options = options;
        this.file = options.migration()
                .source()
                .file()
                .orElseThrow(() -> new MigrationException(
                        Reason.SOURCE_NOT_A_FILE,
                        "The source is a database in memory: there is no file beside which a marker could lie.",
                        "give the path of the application's SQLite file.",
                        null));
        this.truth = new Truth(options.migration(), file);
    }

    /** Which database is the right one. */
    public ActiveDatabase active() {
        Situation now = truth.look();
        Verdict.Right right = now.demandRight();
        Optional<String> outline = Optional.empty();
        if (right.mayHaveLateWrites()) {
            String before = Outline.of(file);
            if (gate().pass(now.claim().orElseThrow(), now.marker())) {
                outline = Optional.of(before);
            }
        }
        keepUp(now, right, outline);
        if (right.active() == ActiveDatabase.POSTGRES) {
            for (String finding : IdentityCheck.of(
                    options.migration().target().orElseThrow(),
                    options.migration().schema().name())) {
                LOG.log(System.Logger.Level.WARNING, finding);
            }
        }
        return right.active();
    }

    private LateWriteGate gate() {
        return new LateWriteGate(options.migration(), file, options.acceptedLateWrites());
    }

    /**
     * Recreates a lost marker, or updates it if the journal is ahead. Another instance that is working does that
     * itself. If the marker cannot be written, the application may start anyway.
     */
    @SuppressWarnings("try") // held, and not asked anything
    private void keepUp(Situation now, Verdict.Right right, Optional<String> outline) {
        Optional<Claim> claim = now.claim()
                .filter(made -> right.active() == ActiveDatabase.POSTGRES
                        || (right.active() == ActiveDatabase.SQLITE
                                && made.happened().takenBack()));
        if (claim.isEmpty() || !Files.isDirectory(file.resolveSibling(""))) {
            return;
        }
        boolean seenAnew = outline.isPresent()
                && !outline.get().equals(claim.get().frozen().outline())
                && now.marker()
                        .filter(says -> outline.get().equals(says.outline()))
                        .isEmpty();
        if (agrees(now.marker(), claim.get()) && !seenAnew) {
            return;
        }
        PgServer server = options.migration().target().orElseThrow();
        try (RunLock lock = RunLock.ofSwitchover(server, claim.get().frozen().schema(), Duration.ZERO)) {
            Markers markers = new Markers(truth.marker(), file, options.seal());
            String target = now.target().orElseThrow().name();
            if (seenAnew) {
                markers.seen(claim.get(), target, outline.get());
            } else {
                markers.follow(claim.get(), target);
            }
        } catch (MigrationException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The marker beside the SQLite file could not be brought up to date.",
                    e);
        }
    }

    private static boolean agrees(Optional<Marker> marker, Claim claim) {
        return marker.filter(says -> says.migrationId().equals(claim.migrationId())
                        && says.happened().state() == claim.happened().state()
                        && !(claim.happened().takenBack() && says.seal().isPresent()))
                .isPresent();
    }

    /** Switches. */
    public MigrationReport switchOver() {
        return new Switching(options, server(), truth, file).run();
    }

    /** Copies ahead of the switch. */
    public MigrationReport copyAhead() {
        return new CopyingAhead(options, server(), truth).run();
    }

    /** How it stands. */
    public SwitchoverStatus status() {
        return new StatusLook(options, truth, file).status();
    }

    /** Carries late writes over. */
    public LateWrites carryLateWrites() {
        return new Carrying(options, server(), truth, file).run();
    }

    /** Goes back to SQLite, into a new file. */
    public RollBackReport rollBack(Path newFile) {
        return new RollingBack(options, server(), truth, file).into(newFile);
    }

    /** Goes back to SQLite into a temporary file. */
    public RollBackReport rehearseRollBack() {
        return new RollingBack(options, server(), truth, file).rehearse();
    }

    /** Gives the way back up. */
    @SuppressWarnings("try") // held, and not asked anything
    public Path retire() {
        PgServer server = server();
        try (RunLock lock = RunLock.ofSwitchover(
                server, options.migration().schema().name(), options.migration().lockTimeout())) {
            Situation now = truth.look();
            Verdict.Right right = now.demandRight();
            if (right.active() != ActiveDatabase.POSTGRES || now.claim().isEmpty()) {
                throw new MigrationException(
                        Reason.TARGET_EMPTY,
                        "There is nothing to retire: the application is not on PostgreSQL by a switch.",
                        "switch first.",
                        null);
            }
            Claim claim = now.claim().get();
            if (right.mayHaveLateWrites()) {
                gate().pass(claim, now.marker());
            }
            Path archive = new Retirement(server, file, truth.marker()).archive(claim);
            if (right.state() != SwitchoverState.RETIRED) {
                new EventLog(server).record(claim.migrationId(), Happening.RETIRED, claim.frozen(), connection -> {});
            }
            new Markers(truth.marker(), file, options.seal())
                    .follow(
                            TargetLook.at(server, options.migration().schema())
                                    .claim()
                                    .orElseThrow(),
                            now.target().orElseThrow().name());
            return archive;
        }
    }

    private PgServer server() {
        return options.migration()
                .target()
                .orElseThrow(() -> new IllegalStateException(
                        "No target was named: say .to(dataSource) or .to(\"jdbc:postgresql:…\") first."));
    }
}
