package dev.outgrow.internal.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sql.SqliteText;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainMomentTest {
    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);

    @Test
    void givesEveryDayTheMicrosecondsThatTheCalendarGivesIt() {
        LocalDateTime day = LocalDateTime.of(0, 1, 1, 0, 0);
        while (day.getYear() < 10_000) {
            String iso = String.format("%04d-%02d-%02d", day.getYear(), day.getMonthValue(), day.getDayOfMonth());
            assertThat(PlainMoment.microseconds(iso)).as(iso).isEqualTo(ChronoUnit.MICROS.between(EPOCH, day));
            day = day.plusDays(97);
        }
    }

    @Test
    void readsWhatTheReadingOfAllFormsReads() {
        for (String iso : List.of(
                "2024-02-29",
                "2000-02-29",
                "0000-02-29",
                "1969-12-31 23:59:59.999999",
                "1970-01-01T00:00",
                "1970-01-01 00:00:01",
                "2026-07-04 12:30:15.5",
                "2026-07-04 12:30:15.000001",
                "9999-12-31 23:59:59.9")) {
            assertThat(PlainMoment.microseconds(iso))
                    .as(iso)
                    .isEqualTo(ChronoUnit.MICROS.between(EPOCH, SqliteText.moment(iso)));
        }
    }

    @Test
    void leavesEverythingElseToTheReadingOfAllForms() {
        for (String iso : List.of(
                "",
                "2023-02-29",
                "1900-02-29",
                "2023-13-01",
                "2023-00-01",
                "2023-04-31",
                "2023-04-00",
                "2023/04/01",
                "202x-04-01",
                "2023-04-01Z",
                "2023-04-01 24:00",
                "2023-04-01 23:60",
                "2023-04-01 23:00:60",
                "2023-04-01_23:00",
                "2023-04-01 23:00:00.",
                "2023-04-01 23:00:00,5",
                "2023-04-01 23:00:00Z",
                "2023-04-01 23:00:00.1234567",
                "2023-04-01 23:00+01:00",
                "12:30",
                "+023-04-01",
                "٢٠٢٣-٠٤-٠١")) {
            assertThat(PlainMoment.microseconds(iso)).as(iso).isEqualTo(PlainMoment.OTHER);
        }
    }
}
