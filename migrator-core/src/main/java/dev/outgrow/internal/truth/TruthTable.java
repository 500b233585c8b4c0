package dev.outgrow.internal.truth;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.truth.Verdict.Refused;
import dev.outgrow.internal.truth.Verdict.Right;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.SwitchoverState;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Which database is the right one, by what the marker and the journal claim. If they disagree, the less common claim
 * wins only if it cannot lose data; otherwise the application must not start. The README lists the cases under "Which
 * database is the right one".
 */
final class TruthTable {
    private final SourceLook source;
    private final Optional<Marker> marker;

    TruthTable(SourceLook source, Optional<Marker> marker) {
        this.source = source;
        this.marker = marker;
    }

    /** The settings name no PostgreSQL: only the marker knows. */
    Verdict withoutPostgres() {
        if (marker.isEmpty()) {
            return sqlite();
        }
        Marker says = marker.get();
        return switch (says.happened()) {
            case FROZEN, WITHDRAWN ->
                new Right(ActiveDatabase.SQLITE, says.happened().state(), false);
            case PUBLISHED, SWITCHED, RETIRED, LATE_WRITES_CARRIED -> refuse(Refusals.movedOn(source.path(), says));
            case BACK_ON_SQLITE -> backOn(says.database());
        };
    }

    private Right sqlite() {
        return new Right(ActiveDatabase.SQLITE, SwitchoverState.ON_SQLITE, false);
    }

    private static Verdict refuse(Refused refused) {
        return refused;
    }

    /** The way back made a new file and never wrote to the old one. */
    private Verdict backOn(String database) {
        return source.path().toString().equals(database)
                ? onFile(SwitchoverState.BACK_ON_SQLITE)
                : refuse(Refusals.movedBack(source.path(), database));
    }

    /** PostgreSQL is named, and cannot be asked. */
    Verdict unreachable(MigrationException failure) {
        return refuse(Refusals.unreachable(failure, state()));
    }

    private SwitchoverState state() {
        return marker.map(says -> says.happened().state()).orElse(SwitchoverState.ON_SQLITE);
    }

    /**
     * PostgreSQL is named, and answered.
     *
     * @param seeded whether its rows are those that the application's own migrations put there
     */
    Verdict with(TargetView target, BooleanSupplier seeded) {
        if (target.rehearsalOnly()) {
            return refuse(Refusals.rehearsal(target, state()));
        }
        return target.claim().isPresent() ? claimed(target, target.claim().get()) : unclaimed(target, seeded);
    }

    private Verdict unclaimed(TargetView target, BooleanSupplier seeded) {
        if (marker.isPresent()) {
            Marker says = marker.get();
            switch (says.happened()) {
                case PUBLISHED, SWITCHED, RETIRED, LATE_WRITES_CARRIED -> {
                    return refuse(Refusals.notThere(target, says));
                }
                case WITHDRAWN -> {
                    return onFile(says.happened().state());
                }
                case BACK_ON_SQLITE -> {
                    return backOn(says.database());
                }
                case FROZEN -> {
                    if (!source.isThere()) {
                        return refuse(Refusals.fileMissing(
                                source.path(), says.happened().state()));
                    }
                }
            }
        }
        if (target.unfinished()) {
            return source.isThere() ? due() : refuse(Refusals.fileMissing(source.path(), SwitchoverState.FROZEN));
        }
        boolean here = source.isThere();
        if (target.filled().isEmpty()) {
            return here ? due() : new Right(ActiveDatabase.POSTGRES, SwitchoverState.ON_POSTGRES, false);
        }
        if (!here || !source.hasRows()) {
            return new Right(ActiveDatabase.POSTGRES, SwitchoverState.ON_POSTGRES, false);
        }
        return seeded.getAsBoolean() ? due() : refuse(Refusals.twoDatabases(source.path(), target, state()));
    }

    private Right due() {
        return new Right(ActiveDatabase.MIGRATION_DUE, state(), false);
    }

    private Verdict onFile(SwitchoverState state) {
        return source.isThere()
                ? new Right(ActiveDatabase.SQLITE, state, false)
                : refuse(Refusals.fileMissing(source.path(), state));
    }

    private Verdict claimed(TargetView target, Claim claim) {
        boolean another = marker.isPresent() && !marker.get().migrationId().equals(claim.migrationId());
        if (another) {
            return ofAnother(target, claim, marker.get());
        }
        return switch (claim.happened()) {
            case WITHDRAWN -> withdrawn(target, claim);
            case BACK_ON_SQLITE -> backOn(claim.frozen().database());
            case PUBLISHED -> published(target, claim);
            case SWITCHED, RETIRED, FROZEN, LATE_WRITES_CARRIED -> switched(target, claim);
        };
    }

    /** A new round writes its marker first, so the journal may still be at the previous round. */
    private Verdict ofAnother(TargetView target, Claim claim, Marker says) {
        boolean next = claim.happened().takenBack() && says.happened() == Happening.FROZEN;
        if (next) {
            return source.isThere() ? due() : refuse(Refusals.fileMissing(source.path(), SwitchoverState.FROZEN));
        }
        boolean started = says.happened() == Happening.FROZEN || says.happened() == Happening.WITHDRAWN;
        if (started && claim.happened().onPostgres() && source.isThere() && source.holds(claim.frozen())) {
            return switched(target, claim);
        }
        return refuse(Refusals.anotherSource(source.path(), target, claim, state()));
    }

    private Verdict withdrawn(TargetView target, Claim claim) {
        boolean ahead = marker.filter(says -> says.happened().onPostgres()).isPresent();
        return ahead
                ? refuse(Refusals.notThere(target, marker.get()))
                : onFile(claim.happened().state());
    }

    private Verdict published(TargetView target, Claim claim) {
        if (marker.filter(says -> says.happened().onPostgres()).isPresent()) {
            return refuse(Refusals.older(target, marker.get()));
        }
        if (target.tablesGone()) {
            return refuse(Refusals.tablesGone(target, claim));
        }
        if (!source.isThere()) {
            return refuse(Refusals.fileMissing(source.path(), SwitchoverState.PUBLISHED));
        }
        return sameFile(claim)
                ? new Right(ActiveDatabase.MIGRATION_DUE, SwitchoverState.PUBLISHED, true)
                : refuse(Refusals.anotherSource(source.path(), target, claim, state()));
    }

    private Verdict switched(TargetView target, Claim claim) {
        if (marker.filter(says -> says.happened() == Happening.BACK_ON_SQLITE).isPresent()) {
            return backOn(marker.get().database());
        }
        if (target.tablesGone()) {
            return refuse(Refusals.tablesGone(target, claim));
        }
        SwitchoverState state = claim.happened().state();
        if (!source.isThere()) {
            return new Right(ActiveDatabase.POSTGRES, state, false);
        }
        return sameFile(claim)
                ? new Right(ActiveDatabase.POSTGRES, state, claim.happened() != Happening.RETIRED)
                : refuse(Refusals.anotherSource(source.path(), target, claim, state));
    }

    /** Judged by the marker, which has the id; without one, by the path or the content. */
    private boolean sameFile(Claim claim) {
        return marker.isPresent() || source.isFileOf(claim.frozen()) || source.holds(claim.frozen());
    }
}
