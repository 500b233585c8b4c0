package dev.outgrow.report;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A prediction as it stands in JSON: durations in milliseconds. */
record PredictionJson(List<PhaseLine> phases, RoomLine room) {
    /** A phase. */
    record PhaseLine(Phase phase, long millis) {
        static List<PhaseLine> of(List<PhaseTime> phases) {
            return phases.stream()
                    .map(line -> new PhaseLine(line.phase(), line.time().toMillis()))
                    .toList();
        }

        static List<PhaseTime> times(List<PhaseLine> lines) {
            return lines.stream()
                    .map(line -> new PhaseTime(line.phase, Duration.ofMillis(line.millis)))
                    .collect(ImmutableList.toImmutableList());
        }
    }

    /** What it takes on the disks. */
    record RoomLine(
            long tableBytes, long indexBytes, @Nullable Long walBytes, long backupBytes) {
        static RoomLine of(Room room) {
            return new RoomLine(
                    room.tableBytes(),
                    room.indexBytes(),
                    room.walBytes().isPresent() ? room.walBytes().getAsLong() : null,
                    room.backupBytes());
        }

        Room room() {
            return new Room(
                    tableBytes,
                    indexBytes,
                    walBytes == null ? OptionalLong.empty() : OptionalLong.of(walBytes),
                    backupBytes);
        }
    }

    static PredictionJson of(Prediction prediction) {
        return new PredictionJson(PhaseLine.of(prediction.phases()), RoomLine.of(prediction.room()));
    }

    Prediction prediction() {
        return new Prediction(PhaseLine.times(phases), room.room());
    }
}
