package dev.outgrow.typemap.internal.value;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import java.time.ZoneId;
import java.util.Optional;

/** Which columns hold dates as a {@code java.sql.Date} does: the milliseconds of a day's beginning in the zone of a JVM. */
public final class SqlDates {
    private SqlDates() {}

    /** The zone of the JVM that wrote them; empty if the mapping is of something else. */
    public static Optional<ZoneId> zone(TypeMapping mapping) {
        boolean dates = mapping.type().kind() == PgType.Kind.DATE
                && mapping.representation() == Representation.UNIX_MILLISECONDS;
        return dates ? mapping.zone() : Optional.empty();
    }
}
