package dev.outgrow.internal.wayback;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.exception.ValidationFailedException;
import dev.outgrow.internal.background.BackgroundTask;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.run.BackPlan;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.source.NewFile;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.internal.work.KeptCensus;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.plan.Notice;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.validate.SchemaFinding;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.DatabaseAccess;
import dev.outgrow.validate.internal.change.ChangeSearch;
import dev.outgrow.validate.internal.change.RowReading;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the new file: the backup's pages, then PostgreSQL's changes, then the comparison of the two. Used once. It neither gives
 * the file its name nor writes to PostgreSQL.
 */
public final class CarriedBack {
    /** object_not_in_prerequisite_state: the transaction that exported a snapshot is not running any more. */
    private static final String SNAPSHOT_GONE = "55000";

    private final MigrationOptions options;
    private final PgServer server;
    private final Connection postgres;
    private final @Nullable Map<String, Map<String, String>> recorded;
    private final Obstacles obstacles;
    private final Written written;
    private final long wholeBytes;

    /** Is told that everything was written into the new file, before any of it is proven. */
    @FunctionalInterface
    interface Written {
        void into(Connection file) throws SQLException;
    }

    /**
     * The work.
     *
     * @param postgres a session in a REPEATABLE READ transaction, by which all others see one state
     * @param recorded the schema of PostgreSQL as it was at the switch; null if it was not recorded
     */
    public CarriedBack(
            MigrationOptions options,
            PgServer server,
            Connection postgres,
            @Nullable Map<String, Map<String, String>> recorded) {
        this(options, server, postgres, recorded, file -> {}, FileChecks.WHOLE_BYTES);
    }

    CarriedBack(
            MigrationOptions options,
            PgServer server,
            Connection postgres,
            @Nullable Map<String, Map<String, String>> recorded,
            Written written,
            long wholeBytes) {
        this.wholeBytes = wholeBytes;
        this.written = written;
        this.options = options;
        this.server = server;
        this.postgres = postgres;
        this.recorded = recorded;
        this.obstacles = new Obstacles(options.accepted());
    }

    /**
     * What was done.
     *
     * @param tables the tables with what was carried
     * @param notices what was said
     * @param validation the comparison
     * @param fingerprint of the file
     */
    public record Result(
            List<RollBackReport.Table> tables, List<Notice> notices, ValidationReport validation, String fingerprint) {}

    /**
     * Does it.
     *
     * @param backup the file as it was migrated
     * @param fingerprint of what was migrated
     * @param file begins with the pages of the backup
     * @param known what the run counted in the rows of that fingerprint, if that is known
     * @throws MigrationException {@code NO_WAY_BACK} if something cannot be carried back
     * @throws ValidationFailedException if the file does not hold what PostgreSQL holds
     */
    public Result into(NewFile file, Path backup, String fingerprint, Optional<KeptCensus> known)
            throws SQLException, InterruptedException {
        Snapshot frozen = SourceDatabase.unchanging(backup, fingerprint);
        try (BackPlan plan = meanwhile(file, frozen, () -> BackPlan.of(options, server, frozen, known))) {
            // A query, or a treatment of orphans, gives other rows than those that are stored.
            boolean stored = plan.source().path().equals(frozen.path());
            RowReading read = stored ? new StoredRows(frozen, plan.catalog()) : RowReading.BY_SQL;
            RowReading reading = (connection, table, columns, from, to) -> {
                file.demandUnbroken();
                return read.open(connection, table, columns, from, to);
            };
            List<ChangedTable> tables = meanwhile(file, frozen, () -> searched(file, plan, reading));
            try (Connection writing = file.write(broken(plan))) {
                // Only now, when one thread alone has work.
                file.lookAtOrigin();
                meanwhile(file, frozen, () -> written(file, writing, plan, tables));
                demandFrozen(file, frozen);
                return prove(file, writing, frozen, plan, tables);
            }
        }
    }

    /** Something that depends on the backup before it is known to be what was migrated. */
    @FunctionalInterface
    private interface Meanwhile<T> {
        T done() throws SQLException, InterruptedException;
    }

    /** Why it fails is only worth something if the backup can be copied, and is what was migrated. */
    @CanIgnoreReturnValue
    private static <T> T meanwhile(NewFile file, Snapshot frozen, Meanwhile<T> work)
            throws SQLException, InterruptedException {
        try {
            return work.done();
        } catch (SQLException | RuntimeException e) {
            try {
                demandFrozen(file, frozen);
            } catch (MigrationException cause) {
                if (cause != e) {
                    cause.addSuppressed(e);
                }
                throw cause;
            }
            throw e;
        }
    }

    /** A virtual table writes into several others, and must not leave half of that if it fails. */
    private static NewFile.BrokenStatement broken(BackPlan plan) {
        return plan.catalog().virtualTables().isEmpty()
                ? NewFile.BrokenStatement.LEAVES_ROWS
                : NewFile.BrokenStatement.LEAVES_NOTHING;
    }

    private static void demandFrozen(NewFile file, Snapshot frozen) {
        if (!file.origin().equals(frozen.fingerprint())) {
            throw new MigrationException(
                    Reason.SOURCE_CHANGED,
                    "The backup " + frozen.path() + " is not what was migrated: somebody has written to it.",
                    "restore it from a copy; its content is the file as it was when it was frozen.",
                    null);
        }
    }

    private List<ChangedTable> searched(NewFile file, BackPlan plan, RowReading reading)
            throws SQLException, InterruptedException {
        new ChangedSchema(postgres, options.schema(), recorded, plan.tables()).name(plan.tables(), obstacles);
        List<ChangedTable> tables = new ArrayList<>();
        try (Connection notes = file.notes();
                Statement statement = notes.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            search(notes, plan, reading, tables);
            statement.execute("COMMIT");
        }
        return tables;
    }

    private List<ChangedTable> written(NewFile file, Connection writing, BackPlan plan, List<ChangedTable> tables)
            throws SQLException {
        obstacles.demandNone();
        try (Statement statement = writing.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (ChangedTable table : tables) {
                table.open(writing);
            }
            if (tables.stream().anyMatch(ChangedTable::isChanged)) {
                SilentTriggers.silence(writing);
                for (ChangedTable table : tables) {
                    table.write(writing);
                }
                new TextIndexes(plan.catalog(), obstacles).follow(writing, keys(tables, false), keys(tables, true));
                SilentTriggers.putBack(writing);
            }
            Sequences sequences = new Sequences(postgres);
            for (ChangedTable table : tables) {
                sequences.follow(table, writing);
            }
            new CounterTables(postgres, options.schema().name())
                    .follow(
                            writing,
                            tables.stream()
                                    .map(table -> table.table().source().name())
                                    .collect(Collectors.toSet()));
            obstacles.demandNone();
            statement.execute("COMMIT");
        }
        written.into(writing);
        file.finish(writing);
        file.forceAgain();
        return tables;
    }

    /** Rows whose orphans were treated come to PostgreSQL otherwise than they stand in the file. */
    private List<TableComparison> wrongForwards(Connection writing, List<ChangedTable> tables) throws SQLException {
        List<TableComparison> wrong = new ArrayList<>();
        if (!options.orphans().treatAny()) {
            ForwardProof proof = new ForwardProof(writing, postgres);
            for (ChangedTable table : tables) {
                proof.of(table).ifPresent(wrong::add);
            }
        }
        return wrong;
    }

    private static void demandForwards(List<TableComparison> wrong) {
        if (!wrong.isEmpty()) {
            throw ValidationFailedException.onTheWayBack(
                    new ValidationReport(Validation.ALL_VALUES, wrong, List.of(), List.of(), List.of(), Duration.ZERO));
        }
    }

    private static Set<String> keys(List<ChangedTable> tables, boolean changedAlone) {
        Set<String> keys = new HashSet<>();
        tables.stream()
                .filter(table -> !changedAlone || table.isChanged())
                .forEach(table -> keys.add(Identifiers.key(table.name())));
        return keys;
    }

    private void search(Connection notes, BackPlan plan, RowReading reading, List<ChangedTable> tables)
            throws SQLException, InterruptedException {
        List<ChangeSearch.Wanted> wanted = new ArrayList<>();
        for (BackPlan.Table table : plan.tables()) {
            BackPlan.Table followed = table.following(postgres);
            ChangedTable changed = new ChangedTable(followed, notes, tables.size(), obstacles);
            tables.add(changed);
            wanted.add(new ChangeSearch.Wanted(followed.compared(), changed.place(), followed.uniform(), changed));
        }
        ChangeSearch.Found found = new ChangeSearch(
                        DatabaseAccess.opening(plan.source()::open), target(), reading, options.parallelism())
                .run(wanted);
        for (SchemaFinding wrong : found.wrong()) {
            obstacles.loss(
                    NoticeKind.WAY_BACK.idLike(wrong.id()),
                    "PostgreSQL is not what it was at the switch: " + wrong.message() + ".",
                    "Leave it as it was in the backup.",
                    0,
                    List.of());
        }
        found.unread()
                .forEach(unread -> obstacles.tell(
                        NoticeKind.WAY_BACK.id(unread.subject()), unread.subject() + ": " + unread.reason() + "."));
        FileForms forms = new FileForms(tables);
        forms.follow();
        tables.forEach(ChangedTable::nameStuck);
        forms.name(obstacles);
    }

    private DatabaseAccess target() throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_export_snapshot()")) {
            row.next();
            return DatabaseAccess.seeing(server::open, row.getString(1));
        }
    }

    private Result prove(NewFile file, Connection writing, Snapshot frozen, BackPlan plan, List<ChangedTable> tables)
            throws SQLException, InterruptedException {
        Snapshot made = file.read();
        DatabaseAccess target = target();
        ValidationReport validation;
        String fingerprint;
        try (BackgroundTask<String> pages = BackgroundTask.begin("fingerprint", file::fingerprint);
                BackgroundTask<List<TableComparison>> forwards =
                        BackgroundTask.begin("forwards", () -> wrongForwards(writing, tables));
                FileChecks checks = new FileChecks(made, obstacles, wholeBytes);
                Connection before = frozen.open()) {
            checks.begin();
            RootPages roots = RootPages.of(writing, before);
            FileProof proof = new FileProof(file, made, frozen, roots, plan, obstacles, target, options.parallelism());
            ChangesInFile changes = new ChangesInFile(made, frozen, roots, tables, writing, before);
            ChangesInFile.Found found;
            try (BackgroundTask<ChangesInFile.Found> beside =
                    BackgroundTask.begin("changes", () -> changes.find(plan.catalog()))) {
                validation = proof.of(tables);
                found = beside.result(SQLException.class);
            } catch (SQLException e) {
                demandSnapshot(e, forwards);
                throw e;
            }
            List<ChangedTable> untouched = proof.untouched();
            checks.await(
                    before,
                    changes.withoutIndexes(found, untouched),
                    ChangesInFile.withoutParents(plan.catalog(), found, untouched));
            file.demandOriginal();
            demandForwards(forwards.result(SQLException.class));
            fingerprint = pages.result(SQLException.class);
        }
        ComputedValues.name(tables, validation, obstacles);
        obstacles.demandNone();
        if (!validation.passed()) {
            throw ValidationFailedException.onTheWayBack(validation);
        }
        return new Result(
                tables.stream().map(CarriedBack::told).toList(), obstacles.notices(), validation, fingerprint);
    }

    /**
     * The snapshot is gone if the session that exported it has failed, and why is what its task throws.
     *
     * @param failure of a session that sees the snapshot
     */
    private static void demandSnapshot(SQLException failure, BackgroundTask<?> exporting)
            throws SQLException, InterruptedException {
        if (!SNAPSHOT_GONE.equals(failure.getSQLState())) {
            return;
        }
        try {
            exporting.result(SQLException.class);
        } catch (SQLException | RuntimeException cause) {
            cause.addSuppressed(failure);
            throw cause;
        }
    }

    private static RollBackReport.Table told(ChangedTable table) {
        return new RollBackReport.Table(
                table.name(),
                table.inserted(),
                table.changed(),
                table.deleted(),
                table.sourceRows() - table.changed() - table.deleted());
    }
}
