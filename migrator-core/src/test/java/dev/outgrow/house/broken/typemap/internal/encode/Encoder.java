package dev.outgrow.house.broken.typemap.internal.encode;

import dev.outgrow.house.broken.typemap.internal.decode.Decoder;

/** Breaks: encoders never touch the decoders. */
public final class Encoder {
    public static final StringBuilder LENGTH = new StringBuilder();

    private Encoder() {}

    static Object other() {
        return Decoder.class;
    }
}
