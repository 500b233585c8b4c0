package dev.outgrow.typemap.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    private final JsonText reader = new JsonText();

    /** Whether an object of the document that was written last has a key twice. */
    private boolean duplicate;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":{\"a\":{\"a\":1}}}",
                "[{\"a\":1},{\"a\":2}]",
                "{\"a\":{\"b\":1},\"b\":{\"a\":[{\"b\":2}]}}",
                "{\"a\":1,\"A\":2,\"\":3,\" \":4}",
                "{\"\\\\\":1,\"\\\\u005c\":2}"
            })
    void takesKeysThatAreDistinctInTheirObject(String document) {
        assertThat(check(document)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"\":1,\"b\":2,\"\":3}",
                "{\"x\":{\"b\":1,\"b\":2}}",
                "{\"a\":{\"b\":1},\"c\":2,\"a\":3}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"/\":1,\"\\/\":2}"
            })
    void findsAKeyTwice(String document) {
        assertThat(check(document)).isEqualTo(JsonText.DUPLICATE_KEYS);
    }

    @Test
    void knowsTheKeysOfObjectsOfEverySize() {
        Random random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            duplicate = false;
            String document = object(random, 0);
            assertThat(check(document)).as(document).isEqualTo(duplicate ? JsonText.DUPLICATE_KEYS : 0);
        }
    }

    private String object(Random random, int depth) {
        Set<String> keys = new HashSet<>();
        StringBuilder text = new StringBuilder("{");
        int most = random.nextInt(4) == 0 ? 60 : 4;
        int size = random.nextInt(most);
        for (int i = 0; i < size; i++) {
            String key = Integer.toString(random.nextInt(size * size * 4), 36);
            duplicate |= !keys.add(key);
            text.append(i == 0 ? "\"" : ", \"")
                    .append(random.nextInt(9) == 0 ? escaped(key) : key)
                    .append("\": ");
            text.append(depth < 3 && random.nextInt(6) == 0 ? object(random, depth + 1) : Integer.toString(i));
        }
        return text.append('}').toString();
    }

    private static String escaped(String key) {
        return String.format("\\u%04x", (int) key.charAt(0)) + key.substring(1);
    }

    private int check(String document) {
        byte[] bytes = ("{" + document + "}").getBytes(StandardCharsets.UTF_8);
        return reader.check(bytes, 1, bytes.length - 1);
    }
}
