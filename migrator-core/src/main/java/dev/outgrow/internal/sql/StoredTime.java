package dev.outgrow.internal.sql;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.encode.CopyBuffer;
import dev.outgrow.typemap.internal.encode.Encoders;
import dev.outgrow.typemap.internal.encode.UnfitValueException;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A constant that SQLite stores in a column of times, read by the same code as the column's values. */
final class StoredTime {
    private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final long MICROS_A_DAY = 86_400_000_000L;

    private StoredTime() {}

    /**
     * The constant in the column's type; null if it is not a time. An app that writes numbers and lets a default write
     * text, or the other way round, reads both; so does this, unless only a rule knows the unit.
     *
     * @param constant a Long, a Double or text
     */
    static @Nullable Term of(Object constant, TypeMapping mapping) {
        ValueSlot value = new ValueSlot();
        if (constant instanceof Long integer) {
            value.setInteger(integer);
        } else if (constant instanceof Double real) {
            value.setReal(real);
        } else {
            value.setText(constant.toString().getBytes(StandardCharsets.UTF_8));
        }
        for (TypeMapping form : List.of(mapping, mapping.withRepresentation(Representation.TIME_IN_ANY_FORM))) {
            CopyBuffer field = new CopyBuffer(16);
            try {
                Encoders.encoderFor(form).encode(value, field);
            } catch (UnfitValueException e) {
                continue;
            }
            if (field.size() == 4) {
                return Term.typedNull(mapping.type());
            }
            return Times.constant(
                    text(mapping.type().kind(), ByteBuffer.wrap(field.array(), 4, field.size() - 4)), mapping.type());
        }
        return null;
    }

    private static String text(PgType.Kind kind, ByteBuffer field) {
        long number = kind == PgType.Kind.DATE ? field.getInt(field.position()) : field.getLong(field.position());
        long later = kind == PgType.Kind.DATE ? Integer.MAX_VALUE : Long.MAX_VALUE;
        if (number == later || number == -later - 1) {
            return number == later ? "infinity" : "-infinity";
        }
        if (kind == PgType.Kind.DATE) {
            return day(EPOCH.toLocalDate().plusDays(field.getInt()), "");
        }
        long micros = field.getLong();
        if (kind == PgType.Kind.TIME) {
            return micros == MICROS_A_DAY ? "24:00:00" : Times.clock(EPOCH.plus(micros, ChronoUnit.MICROS));
        }
        LocalDateTime moment = EPOCH.plus(micros, ChronoUnit.MICROS);
        String zone = kind == PgType.Kind.TIMESTAMPTZ ? "+00" : "";
        return day(moment.toLocalDate(), " " + Times.clock(moment) + zone);
    }

    /** PostgreSQL writes the year before 1 as 1 BC. */
    private static String day(LocalDate day, String time) {
        int year = day.getYear();
        String digits = String.valueOf(year > 0 ? year : 1 - year);
        return "0".repeat(Math.max(0, 4 - digits.length()))
                + digits
                + day.toString().replaceFirst("^[+-]?\\d+", "")
                + time
                + (year > 0 ? "" : " BC");
    }
}
