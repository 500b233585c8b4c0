package dev.outgrow.house.broken.validate;

import dev.outgrow.house.broken.typemap.internal.encode.Encoder;

/** Breaks: validation never touches the encoders. */
final class AsksTheEncoder {
    private AsksTheEncoder() {}

    static int answer() {
        return Encoder.LENGTH.length();
    }
}
