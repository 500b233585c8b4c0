package dev.outgrow.internal.wayback;

import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.TypeMapping;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A column of which the caller has fractions of the unit cut off on the way back. */
final class CutColumn {
    private CutColumn() {}

    /** The field to which PostgreSQL's date_trunc() cuts its values; empty if there is none, or the unit has another origin. */
    static Optional<String> truncation(ColumnMapping column) {
        TypeMapping mapping = column.mapping();
        return switch (mapping.representation()) {
            case UNIX_SECONDS, TIME_DIGITS -> Optional.of("second");
            case UNIX_MILLISECONDS -> Optional.of("milliseconds");
            case SINCE_EPOCH -> mapping.epoch().flatMap(CutColumn::truncation);
            default -> Optional.empty();
        };
    }

    private static Optional<String> truncation(Epoch epoch) {
        if (!epoch.start().equals(epoch.start().truncatedTo(ChronoUnit.SECONDS))) {
            return Optional.empty();
        }
        return epoch.unit().equals(Duration.ofSeconds(1))
                ? Optional.of("second")
                : epoch.unit().equals(Duration.ofMillis(1)) ? Optional.of("milliseconds") : Optional.empty();
    }
}
