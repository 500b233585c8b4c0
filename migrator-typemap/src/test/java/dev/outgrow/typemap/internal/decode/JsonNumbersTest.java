package dev.outgrow.typemap.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonNumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\'',
            value = {
                "1.0;1",
                "1.00;1",
                "-10.50;-10.5",
                "100;100",
                "0.00;0",
                "0.10;0.1",
                "[1.0, 2.50, \"3.0\"];[1, 2.5, \"3.0\"]",
                "{\"1.0\": 1.0, \"b\\\"2.0\": {\"c\": 20.0}};{\"1.0\": 1, \"b\\\"2.0\": {\"c\": 20}}",
                "\"\\\\\";\"\\\\\"",
                "true;true"
            })
    void leavesOutTheZerosThatChangeNothing(String printed, String shortened) {
        assertThat(new String(JsonNumbers.shortened(printed.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .isEqualTo(shortened);
    }
}
