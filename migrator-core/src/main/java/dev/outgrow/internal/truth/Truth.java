package dev.outgrow.internal.truth;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.WrongDatabaseException;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.run.Planning;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.SeededRows;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.nio.file.Path;
import java.util.Optional;

/** Examines both databases and the marker, and says which database is the right one. Reads only. */
public final class Truth {
    private final MigrationOptions options;
    private final SourceLook source;
    private final MarkerFile marker;

    /**
     * The truth of a migration.
     *
     * @param file the real path of its SQLite file
     */
    public Truth(MigrationOptions options, Path file) {
        this.options = options;
        this.source = new SourceLook(options.source(), file);
        this.marker = MarkerFile.beside(file);
    }

    /** The marker's file. */
    public MarkerFile marker() {
        return marker;
    }

    /**
     * Examines them.
     *
     * @throws WrongDatabaseException if the marker cannot be read and nothing else is conclusive
     */
    public Situation look() {
        if (options.target().isEmpty()) {
            Optional<Marker> says = marker.read();
            return new Situation(source, says, Optional.empty(), new TruthTable(source, says).withoutPostgres());
        }
        return lookAtBoth(options.target().get());
    }

    private Situation lookAtBoth(PgServer server) {
        Optional<Marker> says = Optional.empty();
        Optional<WrongDatabaseException> unreadable = Optional.empty();
        try {
            says = marker.read();
        } catch (WrongDatabaseException e) {
            unreadable = Optional.of(e);
        }
        TruthTable table = new TruthTable(source, says);
        TargetView target;
        try {
            target = TargetLook.at(server, options.schema());
        } catch (MigrationException e) {
            return new Situation(source, says, Optional.empty(), table.unreachable(e));
        }
        boolean journalTells =
                target.claim().filter(claim -> claim.happened().onPostgres()).isPresent();
        if (unreadable.isPresent() && !journalTells) {
            throw unreadable.get();
        }
        return new Situation(source, says, Optional.of(target), table.with(target, this::seeded));
    }

    /**
     * Whether the rows of an existing schema are also in the source with the same values, or the caller has said that
     * the source's rows replace them. A plan knows.
     */
    private boolean seeded() {
        if (!(options.schema() instanceof ExistingSchema schema)) {
            return false;
        }
        if (schema.seededRows().filter(policy -> policy == SeededRows.REPLACE).isPresent()) {
            return true;
        }
        MigrationPlan plan = new Planning(options.withSchema(schema.seededRows(SeededRows.MUST_EQUAL))).plan();
        return plan.blockers().stream().noneMatch(notice -> NoticeKind.SEEDED.is(notice.kind()));
    }
}
