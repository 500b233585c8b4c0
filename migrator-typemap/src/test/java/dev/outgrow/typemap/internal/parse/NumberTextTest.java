package dev.outgrow.typemap.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTextTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "7, SAME",
                "-7, SAME",
                "7.0, OTHERWISE",
                "1e3, OTHERWISE",
                "007, SHORTENED",
                "+7, SHORTENED",
                "\" 7\", SHORTENED",
                "-0, SHORTENED",
                "\"\", SAME",
                "\" \", SAME",
                "x, SAME",
                "+x, SAME",
                "-, SAME",
            })
    void onlyANumberLosesZerosSignsAndBlanks(String text, NumberText written) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(NumberText.ofInteger(bytes, 0, bytes.length)).isEqualTo(written);
    }
}
