package dev.outgrow.typemap.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class TimeTextTest {
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final int LONGEST_MONTH = 31;
    private static final int LAST_YEAR = 9999;

    /** Java's calendar is the proleptic Gregorian one, as that of both databases. */
    @Test
    void knowsEveryDayOfTheCalendar() {
        byte[] text = "0000-00-00".getBytes(StandardCharsets.US_ASCII);
        for (int year = 0; year <= LAST_YEAR; year++) {
            for (int month = 0; month <= 13; month++) {
                int last =
                        month == 0 || month > 12 ? 0 : YearMonth.of(year, month).lengthOfMonth();
                for (int day = 0; day <= LONGEST_MONTH + 1; day++) {
                    write(text, year, month, day);
                    long reading = TimeText.read(text, 0, text.length);
                    if (day == 0 || day > last) {
                        check(reading == TimeText.IMPOSSIBLE, text);
                    } else {
                        long days = ChronoUnit.DAYS.between(EPOCH, LocalDate.of(year, month, day));
                        check(TimeText.isDate(reading) && TimeText.micros(reading) == days * 86_400_000_000L, text);
                    }
                }
            }
        }
    }

    private static void write(byte[] text, int year, int month, int day) {
        for (int digit = 3, rest = year; digit >= 0; digit--, rest /= 10) {
            text[digit] = (byte) ('0' + rest % 10);
        }
        text[5] = (byte) ('0' + month / 10);
        text[6] = (byte) ('0' + month % 10);
        text[8] = (byte) ('0' + day / 10);
        text[9] = (byte) ('0' + day % 10);
    }

    /** An assertion for each of four million days would take a minute. */
    private static void check(boolean holds, byte[] text) {
        if (!holds) {
            assertThat(holds).as(new String(text, StandardCharsets.US_ASCII)).isTrue();
        }
    }
}
