package dev.outgrow.typemap.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.HostileSettings;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timestamps that are written as SQLite writes them are recognised without being taken apart, and no other text is. */
@ExtendWith(HostileSettings.class)
class PlainTimestampTest {
    private static final TypeMapping TIMESTAMP = new TypeMapping(PgType.TIMESTAMP, Representation.ISO_TEXT);

    private final ValueSlot canonical = new ValueSlot();

    private ValueProof.Outcome canonical(String text) {
        ValueSlot slot = new ValueSlot();
        slot.setText(text.getBytes(StandardCharsets.UTF_8));
        return Proofs.proofFor(TIMESTAMP).canonical(slot, canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01 00:00:00",
                "1899-12-31 23:59:59.999999",
                "2000-02-29 12:00:00.1",
                "2024-02-29 23:59:59.000001",
                "9999-12-31 23:59:59"
            })
    void isItself(String text) {
        assertThat(canonical(text)).isEqualTo(ValueProof.Outcome.EQUAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29 12:00:00",
                "2024-13-01 12:00:00",
                "2024-00-10 12:00:00",
                "2024-04-31 12:00:00",
                "2024-01-01 24:00:00",
                "2024-01-01 12:60:00",
                "2024-01-01 12:00:0a",
                "2024-01-01 12-00-00",
                "2024-01-01 12:00:00.",
                "2024-01-01 12:00:00.-1",
                "/024-01-01 12:00:00"
            })
    void isNoTimestamp(String text) {
        assertThat(canonical(text)).isEqualTo(ValueProof.Outcome.DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01T12:00:00, 2024-01-01 12:00:00",
        "2024-01-01 12:00:00.100, 2024-01-01 12:00:00.1",
        "2024-01-01 12:00:00.0000005, 2024-01-01 12:00:00",
        "2024-01-01 12:00, 2024-01-01 12:00:00"
    })
    void isAnotherOnceItWasWrittenBack(String text, String written) {
        assertThat(canonical(text)).isEqualTo(ValueProof.Outcome.NORMALISED);
        assertThat(new String(canonical.bytes(), StandardCharsets.US_ASCII)).isEqualTo(written);
    }

    @Test
    void isReadAsJavaReadsIt() {
        Random random = new Random(19);
        for (int i = 0; i < 10_000; i++) {
            LocalDateTime time =
                    LocalDateTime.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L), 0, ZoneOffset.UTC);
            String text = time.toString().replace('T', ' ') + (time.getSecond() == 0 ? ":00" : "");
            long since = time.toEpochSecond(ZoneOffset.UTC) - 946_684_800L;
            assertThat(RenderedTime.micros(text.getBytes(StandardCharsets.US_ASCII)))
                    .as(text)
                    .isEqualTo(since * 1_000_000);
        }
    }
}
