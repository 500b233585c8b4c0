package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.InvalidTextRemedy;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.NulRemedy;
import dev.outgrow.typemap.internal.parse.Utf8;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What the caller chose for text that PostgreSQL refuses: with NUL in it, or with bytes that are not UTF-8. */
final class MendedText {
    private MendedText() {}

    /** The text that replaces this one. */
    static byte[] of(byte[] text, long checked, NulRemedy nul, InvalidTextRemedy invalid) {
        byte[] valid = Utf8.isInvalid(checked) ? valid(text, invalid) : text;
        return Utf8.hasNul(checked) ? withoutNul(valid, nul) : valid;
    }

    private static byte[] valid(byte[] text, InvalidTextRemedy remedy) {
        Charset charset = switch (remedy) {
            case REFUSE -> throw new UnfitValueException(Misfit.Kind.INVALID_UTF8);
            case REPLACE -> StandardCharsets.UTF_8;
            case LATIN1 -> StandardCharsets.ISO_8859_1;
        };
        return new String(text, charset).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] withoutNul(byte[] text, NulRemedy remedy) {
        if (remedy == NulRemedy.REFUSE) {
            throw new UnfitValueException(Misfit.Kind.NUL);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 16);
        for (byte each : text) {
            if (each != 0) {
                out.write(each);
            } else if (remedy == NulRemedy.ESCAPE) {
                out.write('\\');
                out.write('0');
            }
        }
        return out.toByteArray();
    }
}
