package dev.outgrow.typemap.internal.encode;

import com.google.common.base.CharMatcher;
import com.google.common.io.BaseEncoding;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.internal.parse.SqliteReal;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes from blobs; from text and numbers as the bytes of their text if the mapping says so. */
final class BytesEncoder implements ValueEncoder {
    private static final BaseEncoding BASE64 = BaseEncoding.base64();

    private final Representation representation;

    BytesEncoder(Representation representation) {
        this.representation = representation;
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case BLOB -> out.putField(value.array(), value.start(), value.end());
            case TEXT -> {
                switch (representation) {
                    case BYTES_OF_TEXT -> out.putField(value.array(), value.start(), value.end());
                    case LITERAL_TEXT -> out.putField(unescaped(value.bytes()));
                    case BASE64_TEXT -> out.putField(decoded(value.bytes()));
                    default -> throw new UnfitValueException(Misfit.Kind.TEXT_FOR_BYTES);
                }
            }
            case INTEGER -> number(Long.toString(value.integer()), Misfit.Kind.INTEGER_FOR_BYTES, out);
            case REAL -> number(SqliteReal.text(value.real()), Misfit.Kind.DOUBLE_FOR_BYTES, out);
        }
    }

    private void number(String text, Misfit.Kind otherwise, CopyBuffer out) {
        if (representation != Representation.BYTES_OF_TEXT) {
            throw new UnfitValueException(otherwise);
        }
        out.putField(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] decoded(byte[] text) {
        try {
            return BASE64.decode(CharMatcher.whitespace().removeFrom(new String(text, StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            throw new UnfitValueException(Misfit.Kind.NO_BASE64);
        }
    }

    /** The bytes of PostgreSQL's hex form, {@code \x} and two digits each. */
    private static byte[] unescaped(byte[] text) {
        String hex = new String(text, StandardCharsets.ISO_8859_1);
        if (!hex.startsWith("\\x")) {
            throw new UnfitValueException(Misfit.Kind.NO_HEX);
        }
        try {
            return HexFormat.of().parseHex(hex.substring(2));
        } catch (IllegalArgumentException e) {
            throw new UnfitValueException(Misfit.Kind.NO_HEX);
        }
    }
}
