package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf16TextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "\u0000\u007f\u0080\u07ff\u0800\uffff", "Straße 😀", "\ud800\udc00\udbff\udfff"})
    void givesTheUtf8OfText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

        assertThat(Utf16Text.bigEndian().toUtf8(text.getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo(utf8);
        assertThat(Utf16Text.littleEndian().toUtf8(text.getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(utf8);
    }

    @Test
    void keepsLoneSurrogatesRecognisable() {
        assertThat(Utf16Text.bigEndian().toUtf8(bytes(0xd8, 0x00))).isEqualTo(bytes(0xed, 0xa0, 0x80));
        assertThat(Utf16Text.bigEndian().toUtf8(bytes(0xdf, 0xff, 0x00, 0x61)))
                .isEqualTo(bytes(0xed, 0xbf, 0xbf, 0x61));
        assertThat(Utf16Text.littleEndian().toUtf8(bytes(0x00, 0xd8, 0x61, 0x00)))
                .isEqualTo(bytes(0xed, 0xa0, 0x80, 0x61));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
