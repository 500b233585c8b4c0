package dev.outgrow.typemap.internal.decode;

import com.google.common.base.CharMatcher;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Times of day with an offset, back to the text in which PostgreSQL prints them. */
final class ZonedClockProof extends TypeProof {
    private static final DateTimeFormatter CLOCK = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);

    private static final CharMatcher SIGN = CharMatcher.anyOf("+-");

    /** The offset of a time that names none. */
    private final Optional<String> naive;

    ZonedClockProof(TypeMapping mapping) {
        super(mapping);
        naive = mapping.zone()
                .map(ZoneId::normalized)
                .filter(ZoneOffset.class::isInstance)
                .map(zone -> zone.equals(ZoneOffset.UTC) ? "+00" : zone.getId());
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return source.storageClass() == StorageClass.TEXT && Wire.sameBytes(source.bytes(), target, offset, length);
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        into.setText(Arrays.copyOfRange(target, offset, offset + length));
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        String text =
                new String(source.bytes(), StandardCharsets.ISO_8859_1).replaceFirst("(?i) ?(?:Z|UTC|GMT)$", "+00");
        if (naive.isPresent() && SIGN.matchesNoneOf(text)) {
            text += naive.get();
        }
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        if (source.storageClass() != StorageClass.TEXT || sign < 5) {
            return false;
        }
        try {
            LocalTime clock = LocalTime.parse(text.substring(0, sign).strip());
            ZoneOffset offset = ZoneOffset.of(text.substring(sign));
            String printed =
                    offset.equals(ZoneOffset.UTC) ? "+00" : offset.getId().replaceFirst(":00$", "");
            into.setText((CLOCK.format(clock) + printed).getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
