package dev.outgrow.house.broken.typemap.internal.decode.text;

import dev.outgrow.house.broken.typemap.internal.encode.Encoder;

/** Breaks: decoders never touch the encoders. */
final class TextDecoder {
    private TextDecoder() {}

    static Object other() {
        return Encoder.class;
    }
}
