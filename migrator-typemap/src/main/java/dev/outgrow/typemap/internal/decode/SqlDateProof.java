package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;

/** Dates back to the milliseconds that a {@code java.sql.Date} has in the zone of the JVM, by the calendar that it goes by. */
final class SqlDateProof extends TypeProof {
    private static final LocalDate OF_2000 = LocalDate.of(2000, 1, 1);

    private final GregorianCalendar calendar;

    SqlDateProof(TypeMapping mapping, ZoneId zone) {
        super(mapping);
        calendar = new GregorianCalendar(TimeZone.getTimeZone(zone));
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return false;
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        int days = Wire.int4(target, offset);
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            into.setText((days > 0 ? "infinity" : "-infinity").getBytes(StandardCharsets.US_ASCII));
            return;
        }
        LocalDate date = OF_2000.plusDays(days);
        begin(
                date.getYear() > 0 ? GregorianCalendar.AD : GregorianCalendar.BC,
                date.getYear() > 0 ? date.getYear() : 1 - date.getYear(),
                date.getMonthValue() - 1,
                date.getDayOfMonth());
        into.setInteger(calendar.getTimeInMillis());
    }

    /** If clocks show a midnight twice, both instants are taken for the one that the calendar takes it for. */
    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        boolean whole = source.storageClass() == StorageClass.INTEGER
                || (source.storageClass() == StorageClass.REAL && (long) source.real() == source.real());
        if (!whole) {
            return false;
        }
        long millis = source.storageClass() == StorageClass.INTEGER ? source.integer() : (long) source.real();
        calendar.setTimeInMillis(millis);
        boolean midnight = calendar.get(Calendar.HOUR_OF_DAY) == 0
                && calendar.get(Calendar.MINUTE) == 0
                && calendar.get(Calendar.SECOND) == 0
                && calendar.get(Calendar.MILLISECOND) == 0;
        begin(
                calendar.get(Calendar.ERA),
                calendar.get(Calendar.YEAR),
                calendar.get(Calendar.MONTH),
                calendar.get(Calendar.DAY_OF_MONTH));
        into.setInteger(calendar.getTimeInMillis());
        return midnight || calendar.getTimeInMillis() == millis;
    }

    private void begin(int era, int year, int month, int day) {
        calendar.clear();
        calendar.set(Calendar.ERA, era);
        calendar.set(year, month, day);
    }
}
