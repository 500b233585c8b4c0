package dev.outgrow.internal.truth;

import dev.outgrow.internal.journal.Event;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.report.MigrationReport;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Derives a claim from a journal. */
final class Claims {
    private Claims() {}

    /** The claim of a schema's events; empty if there are none. */
    static Optional<Claim> of(List<Event> events, String schema) {
        Optional<Claim> claim = Optional.empty();
        for (Event event : events) {
            Optional<Happening> happened = happening(event.name());
            Optional<Frozen> detail = event.detail().flatMap(Frozen::fromJson);
            if (happened.isPresent()
                    && detail.filter(frozen -> frozen.schema().equals(schema)).isPresent()) {
                claim = Optional.of(next(claim, event, happened.get(), detail.get()));
            }
        }
        return claim;
    }

    private static Claim next(Optional<Claim> before, Event event, Happening happened, Frozen frozen) {
        Optional<Claim> same = before.filter(claim -> claim.migrationId().equals(event.migrationId()));
        Instant proven = happened == Happening.PUBLISHED
                ? event.happenedAt()
                : same.flatMap(claim -> Optional.ofNullable(claim.provenAt())).orElse(null);
        if (happened == Happening.LATE_WRITES_CARRIED && same.isPresent()) {
            Claim claim = same.get();
            return new Claim(claim.migrationId(), claim.happened(), claim.at(), proven, frozen);
        }
        return new Claim(event.migrationId(), happened, event.happenedAt(), proven, frozen);
    }

    private static Optional<Happening> happening(String name) {
        return Arrays.stream(Happening.values())
                .filter(value -> value.name().equals(name))
                .findFirst();
    }

    /** In a run without a switchover nobody froze the file, so only its fingerprint identifies it. */
    static Claim of(RecordedRun run, String schema) {
        MigrationReport report = MigrationReport.fromJson(run.report().orElseThrow());
        Frozen frozen = new Frozen(
                schema,
                report.source(),
                run.sourceFingerprint(),
                null,
                report.backup().orElse(null),
                1,
                run.id(),
                List.of(),
                null,
                null,
                null);
        Instant at = report.startedAt().plus(report.time());
        return new Claim("run-" + run.id(), Happening.SWITCHED, at, at, frozen);
    }
}
