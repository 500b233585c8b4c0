package dev.outgrow.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused needs no database. */
class ExpressionRefusalTest {
    @ParameterizedTest
    @DisplayName("What has no counterpart is refused with a reason")
    @ValueSource(
            strings = {
                "books_list_filter(i)",
                "s = i",
                "i = s",
                "b = s",
                "r || ''",
                "s REGEXP 'a'",
                "s MATCH 'a'",
                "(i, j) IN (SELECT 1, 2)",
                "(i, j) = (1, 2, 3)",
                "ts = '2000-02-29'",
                "ts IN ('2000-02-29', '2000-03-01 00:00:00')",
                "json_extract(js, '$.a')",
                "js ->> 'a' = s",
                "js -> 'a'",
                "json_extract(js, '$.a', '$.n')",
                "json_extract(js, s) = 1",
                "json_extract(js, '$.0') = 1",
                "json_extract(js, '$.a') > 'x'",
                "json_extract(js, '$.a') = '{}'",
                "CAST(js ->> 'a' AS TEXT)",
                "datetime(ts, 'localtime')",
                "datetime(ts, '+1.5 months')",
                "date(d, 'auto')",
                "strftime('%W', d)",
                "uu < 5",
                "ts + 1",
                "d = 'yesterday'",
                "s COLLATE unicode = 'a'",
                "missing = 1",
                "i << j",
                "s GLOB u",
                "s LIKE u ESCAPE s",
                "n || r",
                "char(i)",
                "json_extract(s, '$.a')",
                "CASE WHEN i THEN s ELSE i END",
                "coalesce(b, s)",
                "(n * 2) / 3",
                "i IN (SELECT j FROM t)",
                "EXISTS (SELECT 1)",
                "count(*)",
                "ts = ux",
                "d = datetime(ux, 'unixepoch')",
                "uu < u",
                "ts < w",
                "nullif(i, '7')",
                "d < ts",
                "printf('%.3e', r)",
                "typeof(n * 2)"
            })
    void refusesWhatHasNoCounterpart(String expression) throws DdlSyntaxException {
        assertThat(NastyTable.value(NastyTable.relationOfColumns(), expression))
                .as(expression)
                .isInstanceOfSatisfying(
                        Translation.Untranslatable.class,
                        untranslatable -> assertThat(untranslatable.why()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"datetime('now')", "CURRENT_TIMESTAMP", "random()", "hex(randomblob(4))", "strftime('%d.%m', ts)"
            })
    void refusesWhatIsNotImmutableInAnIndex(String expression) throws DdlSyntaxException {
        Translation translation = new ExpressionTranslator(NastyTable.relationOfColumns())
                .predicate(DdlParser.expression(expression + " > 'x'"));
        assertThat(translation).isInstanceOf(Translation.Untranslatable.class);
    }

    /** SQLite compares the bytes and the text that it has. */
    @ParameterizedTest
    @CsvSource({
        "a, =, b, false",
        "a, =, a, true",
        "a, <, a, true",
        "t, =, a, false",
        "t, =, h, false",
        "g, =, a, false",
        "g, =, g, true",
        "g, <, g, false"
    })
    void comparesUuidsThatAreWrittenAlike(String one, String operator, String other, boolean translated)
            throws DdlSyntaxException {
        Relation relation = new Relation(
                "u",
                "u",
                List.of(
                        uuid("a", Representation.UUID_BLOB),
                        uuid("b", Representation.UUID_TEXT),
                        uuid("t", Representation.UUID_TEXT),
                        uuid("h", Representation.UUID_HEX),
                        uuid("g", Representation.UUID_BLOB_OF_DOT_NET)));
        Translation translation = NastyTable.value(relation, one + operator + other);
        assertThat(translation instanceof Translation.Translated).isEqualTo(translated);
    }

    private static Relation.Column uuid(String name, Representation representation) {
        return new Relation.Column(
                name, name, new TypeMapping(PgType.UUID, representation), Affinity.NUMERIC, "BINARY", false);
    }
}
