package dev.outgrow.internal.existing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlNamesTest {
    @Test
    void findsNamesAndNoWordsOfTextsOrComments() {
        assertThat(SqlNames.in("lower(\"A \"\"b\"\"\") || 'it''s no name' || $$nor this$$ /* or that */ || c -- or d"))
                .containsExactlyInAnyOrder("lower", "A \"b\"", "c");
    }

    @Test
    void takesTextsOfAnyLength() {
        assertThat(SqlNames.in("coalesce(note, '" + "many words ".repeat(50_000) + "')"))
                .containsExactlyInAnyOrder("coalesce", "note");
    }
}
