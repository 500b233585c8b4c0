package dev.outgrow.typemap.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    @Test
    void writesWhatPeopleAndParsersRead() {
        JsonLines json = new JsonLines().object();
        json.member("name", "users").member("absent", (String) null);
        json.member("rows", Long.MIN_VALUE).member("passed", true);
        json.member("keys", List.of("1", "2")).member("none", List.of());
        json.array("tables").object().member("name", "t").end();
        json.object().end().end();
        json.object("room").end();
        assertThat(json.end().toString()).isEqualTo("""
                {
                  "name": "users",
                  "rows": -9223372036854775808,
                  "passed": true,
                  "keys": [
                    "1",
                    "2"
                  ],
                  "none": [],
                  "tables": [
                    {
                      "name": "t"
                    },
                    {}
                  ],
                  "room": {}
                }""");
    }

    @Test
    void escapesWhatJsonDemands() {
        assertThat(new JsonLines()
                        .array()
                        .item("\"\\\t\b\n\r\f\u0000\u001f\u2028\u2029<&'é\ud83d\ude00")
                        .end()
                        .toString())
                .isEqualTo("[\n  \"\\\"\\\\\\t\\b\\n\\r\\f\\u0000\\u001f\\u2028\\u2029<&'é\ud83d\ude00\"\n]");
    }

    @Test
    void takesInWhatIsJsonAlready() {
        String inner = new JsonLines().object().member("a", "b\nc").end().toString();
        assertThat(new JsonLines().object().written("inner", inner).end().toString())
                .isEqualTo("{\n  \"inner\": {\n    \"a\": \"b\\nc\"\n  }\n}");
    }
}
