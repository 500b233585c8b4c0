package dev.outgrow.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reads the messages sees slips, and leaves English alone. */
class SlipsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 tables arrived.",
                "1 row of table t have no parent.",
                "3 row of table t have no parent.",
                "12,345 value differ.",
                "Nothing is lost, where there is no row.",
                "The row  has gone.",
                "The row has gone..",
                "Keys: 1, 2,.",
                "The rule is Optional[x].",
                "The rule is Rule[name=x].",
                "The rule is dev.outgrow.Rule@1a2b3c4d.",
                "The column null has a default.",
                "The column %s has a default.",
                "The state is ON_POSTGRES.",
                "This has no end"
            })
    void seesSlips(String sentence) {
        assertThat(Slips.inSentence(sentence)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 table arrived, and 2 rows of it.",
                "1 row of table t has no parent.",
                "It says where the file is.",
                "The default of column a.null is NULL.",
                "Call .onMisfit(MisfitPolicy.WIDEN).",
                "1 alias has a class of its own.",
                "Schema 1.2 rows are kept.",
                "Version 18.6 tables stay.",
                "And so on…"
            })
    void leavesEnglishAlone(String sentence) {
        assertThat(Slips.inSentence(sentence)).isEmpty();
    }
}
