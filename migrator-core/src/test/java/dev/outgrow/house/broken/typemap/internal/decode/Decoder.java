package dev.outgrow.house.broken.typemap.internal.decode;

/** A decoder. */
public final class Decoder {
    private Decoder() {}
}
