package dev.outgrow.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.catalog.SqliteIndex.IndexTerm;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said without a translator is what the translator says. */
class PlainTextTest {
    private static final List<String> LITERALS = List.of(
            "NULL",
            "0",
            "1",
            "2",
            "7",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "0xffffffffffffffff",
            "TRUE",
            "FALSE",
            "''",
            "' '",
            "'0000-00-00'",
            "'it''s'",
            "'a\\b'",
            "'\uFFFD'",
            "'naïve'",
            "1.5",
            "x'00'",
            "-1");

    private static final List<TypeMapping> MAPPINGS = mappings();

    private static List<TypeMapping> mappings() {
        List<TypeMapping> mappings = new ArrayList<>();
        for (PgType type : List.of(
                PgType.BOOLEAN,
                PgType.INTEGER,
                PgType.BIGINT,
                PgType.DOUBLE_PRECISION,
                PgType.NUMERIC,
                PgType.numeric(10, 2),
                PgType.TEXT,
                PgType.varchar(3),
                PgType.CITEXT,
                PgType.BYTEA,
                PgType.DATE,
                PgType.TIMESTAMPTZ,
                PgType.UUID,
                PgType.JSONB)) {
            mappings.add(new TypeMapping(type, Representation.NATIVE));
            mappings.add(new TypeMapping(type, Representation.NATIVE)
                    .withBlankAsNull()
                    .withZeroDateAsNull());
        }
        return mappings;
    }

    @Test
    void givesDefaultsAsTheTranslatorDoes() throws DdlSyntaxException {
        int plain = 0;
        for (String literal : LITERALS) {
            Expression expression = DdlParser.expression(literal);
            for (TypeMapping mapping : MAPPINGS) {
                for (Affinity affinity : Affinity.values()) {
                    Optional<Translation.Translated> said = PlainText.ofDefault(expression, mapping, affinity);
                    if (said.isPresent()) {
                        plain++;
                        assertThat(said.get())
                                .as(literal + " in " + mapping + " of " + affinity)
                                .isEqualTo(DefaultTranslator.translated(expression, mapping, affinity));
                    }
                }
            }
        }
        assertThat(plain).isGreaterThan(100);
    }

    @Test
    void givesIndexedColumnsAsTheTranslatorDoes() {
        int plain = 0;
        for (TypeMapping mapping : MAPPINGS) {
            for (Affinity affinity : Affinity.values()) {
                for (String name : List.of("plain", "Quoted", "order")) {
                    for (String collation : List.of("BINARY", "NOCASE", "RTRIM", "OWN")) {
                        Relation.Column column = new Relation.Column(name, name, mapping, affinity, collation, false);
                        IndexTranslator translator = new IndexTranslator(new Relation("t", "t", List.of(column)));
                        IndexTerm term = new IndexTerm(Optional.of(name), Optional.empty(), collation, true);
                        Optional<Translation.Translated> said = PlainText.indexed(column, term);
                        if (said.isPresent()) {
                            plain++;
                            assertThat(said.get())
                                    .as(collation + " of " + mapping + " of " + affinity)
                                    .isEqualTo(translator.translated(term));
                            assertThat(translator.term(term))
                                    .isEqualTo(new Translation.Translated(
                                            said.get().sql() + " DESC NULLS LAST",
                                            said.get().type()));
                        }
                    }
                }
            }
        }
        assertThat(plain).isGreaterThan(100);
    }
}
