package dev.outgrow.typemap.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.typemap.HostileSettings;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.decode.ValueProof.Outcome;
import dev.outgrow.typemap.internal.encode.UnfitValueException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Random;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates as a java.sql.Date has them: PostgreSQL gets the day that Java shows. */
@ExtendWith(HostileSettings.class)
class SqlDateTest {
    private static final long HOUR = 3_600_000;

    private static TypeMapping in(String zone) {
        return new TypeMapping(PgType.DATE, Representation.UNIX_MILLISECONDS).withZone(ZoneId.of(zone));
    }

    /** The milliseconds of a day in java.util's reckoning; years BC are negative. */
    private static long millis(String zone, int year, int month, int day) {
        return new Calendar.Builder()
                .setCalendarType("gregory")
                .setTimeZone(TimeZone.getTimeZone(ZoneId.of(zone)))
                .setFields(Calendar.ERA, year > 0 ? GregorianCalendar.AD : GregorianCalendar.BC)
                .setDate(Math.abs(year), month - 1, day)
                .build()
                .getTimeInMillis();
    }

    private static LocalDate arrived(TypeMapping mapping, long millis) {
        return LocalDate.of(2000, 1, 1)
                .plusDays(ByteBuffer.wrap(RoundTrip.field(mapping, millis)).getInt(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Paris",
                "Asia/Tokyo",
                "America/New_York",
                "America/Sao_Paulo",
                "America/Havana",
                "Africa/Monrovia",
                "+05:30"
            })
    void becomesTheDayThatJavaShows(String zone) {
        Random random = new Random(1582);
        Stream<LocalDate> known = Stream.of(
                        "2024-02-29", "1905-05-05", "1890-05-05", "1850-01-01", "1582-10-15", "1582-10-04")
                .map(LocalDate::parse);
        Stream<LocalDate> old = Stream.of("1500-01-01", "0001-01-01", "2018-11-04", "1963-10-23")
                .map(LocalDate::parse);
        Stream<LocalDate> more = random.longs(2000, -2_400_000, 3_000_000)
                .mapToObj(LocalDate::ofEpochDay)
                .filter(day -> day.getYear() != 1582);
        for (LocalDate day : Stream.of(known, old, more).flatMap(all -> all).toList()) {
            int year = day.getYear() > 0 ? day.getYear() : day.getYear() - 1;
            long millis = millis(zone, year, day.getMonthValue(), day.getDayOfMonth());
            assertThat(arrived(in(zone), millis)).isEqualTo(day);
            assertThat(RoundTrip.of(in(zone), millis)).as("%s in %s", day, zone).isEqualTo(Outcome.EQUAL);
            byte[] field = RoundTrip.field(in(zone), millis);
            field[7] ^= 1;
            assertThat(RoundTrip.compare(in(zone), millis, field)).isEqualTo(Outcome.DIFFERENT);
        }
    }

    @Test
    void takesBothMidnightsOfAZoneThatHasTwo() {
        long first = LocalDate.of(2024, 11, 3)
                .atStartOfDay(ZoneId.of("America/Havana"))
                .toInstant()
                .toEpochMilli();
        assertThat(arrived(in("America/Havana"), first)).isEqualTo("2024-11-03");
        assertThat(arrived(in("America/Havana"), first + HOUR)).isEqualTo("2024-11-03");
        assertThat(Stream.of(first, first + HOUR).map(each -> RoundTrip.of(in("America/Havana"), each)))
                .containsExactlyInAnyOrder(Outcome.EQUAL, Outcome.NORMALISED);
    }

    @Test
    void refusesWhatIsNoDay() {
        assertThat(refusal(millis("UTC", 1500, 2, 29))).isEqualTo(Misfit.Kind.IMPOSSIBLE_TIME);
        long noon = millis("UTC", 1890, 5, 5) + 12 * HOUR;
        assertThat(refusal(noon)).isEqualTo(Misfit.Kind.NUMBER_WITH_TIME_OF_DAY);
        assertThat(refusal(0.5)).isEqualTo(Misfit.Kind.NUMBER_WITH_TIME_OF_DAY);
        assertThat(refusal(millis("UTC", -4800, 1, 1))).isEqualTo(Misfit.Kind.UNREACHED_TIME);
        assertThat(refusal(1e300)).isEqualTo(Misfit.Kind.UNREACHED_TIME);
        assertThat(refusal("1890-05-05")).isEqualTo(Misfit.Kind.TEXT_FOR_NUMBER_OF_TIME);
    }

    private static Misfit.Kind refusal(Object value) {
        return catchThrowableOfType(UnfitValueException.class, () -> RoundTrip.field(in("UTC"), value))
                .kind();
    }
}
