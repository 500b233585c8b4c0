package dev.outgrow.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final ValidationReport FAILED = new ValidationReport(
            Validation.ALL_VALUES,
            List.of(
                    new TableComparison(
                            "users",
                            1_234_567,
                            1_234_566,
                            8_641_969,
                            Map.of("mail", 12L),
                            3,
                            List.of(
                                    new Difference("users", "id=42", "mail", Difference.Kind.VALUE),
                                    new Difference("users", "id=43", null, Difference.Kind.ROW_MISSING)),
                            0,
                            true,
                            Duration.ofMillis(1500)),
                    new TableComparison("log", 0, 2, 0, Map.of(), 0, List.of(), 2, false, Duration.ZERO)),
            List.of(new SchemaFinding("identity:users.id", "the next value is 5 where it must be 6")),
            List.of(
                    new CheckResult("balances", false, "1 of 2 rows differ", null, Duration.ofMillis(3)),
                    new CheckResult("orders", true, "", null, Duration.ofMillis(4))),
            List.of(new NotCompared("users.secret", "its converter has no way back")),
            Duration.ofMillis(2340));

    private static final ValidationReport PASSED =
            new ValidationReport(Validation.NONE, List.of(), List.of(), List.of(), List.of(), Duration.ZERO);

    @Test
    void printsAsATable() {
        assertThat(FAILED).hasToString("""
                        Validation FAILED: every value compared in 2.3 s

                        table       rows  in target  values compared  normalised  differences   time
                        users  1,234,567  1,234,566        8,641,969          12           3+  1.5 s
                        log            0          2                0           0            0  0.0 s

                        users
                          mail: 12 values normalised
                          users.mail at id=42: VALUE
                          users at id=43: ROW_MISSING
                          and 1 more difference
                          stopped here: the rest of the table was not compared

                        log
                          2 rows written since the migration

                        Schema
                          identity:users.id: the next value is 5 where it must be 6

                        Checks
                          balances: failed: 1 of 2 rows differ
                          orders: passed

                        Not compared
                          users.secret: its converter has no way back.
                        """);
        assertThat(PASSED).hasToString("Validation passed: nothing compared in 0.0 s\n");
    }

    @Test
    void printsTheSameInATurkishLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            assertThat(FAILED.toString()).contains("1,234,567", "2.3 s");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void comesBackFromJson() {
        ValidationReport back = ValidationReport.fromJson(FAILED.toJson());

        assertThat(back).hasToString(FAILED.toString());
        assertThat(back.toJson()).isEqualTo(FAILED.toJson());
        assertThat(back.tables()).isEqualTo(FAILED.tables());
        assertThat(back.passed()).isFalse();
        assertThat(ValidationReport.fromJson(PASSED.toJson()).passed()).isTrue();
    }

    @Test
    void refusesJsonThatIsNoReport() {
        for (String json : List.of("", "[]", "{}", "{\"scope\":\"SOME\"}", "{\"scope\":\"NONE\",\"tables\":3}")) {
            assertThatThrownBy(() -> ValidationReport.fromJson(json)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void passesOnlyWhereEverythingDoes() {
        TableComparison differing = new TableComparison("t", 1, 1, 1, Map.of(), 1, List.of(), 0, false, Duration.ZERO);
        CheckResult failing = new CheckResult("c", false, "no", null, Duration.ZERO);

        assertThat(report(List.of(), List.of(), List.of()).passed()).isTrue();
        assertThat(report(List.of(differing), List.of(), List.of()).passed()).isFalse();
        assertThat(report(List.of(), List.of(new SchemaFinding("a:b", "c")), List.of())
                        .passed())
                .isFalse();
        assertThat(report(List.of(), List.of(), List.of(failing)).passed()).isFalse();
    }

    private static ValidationReport report(
            List<TableComparison> tables, List<SchemaFinding> findings, List<CheckResult> checks) {
        return new ValidationReport(Validation.ALL_VALUES, tables, findings, checks, List.of(), Duration.ZERO);
    }

    @Test
    void refusesTwoChecksOfOneName() {
        Checks one = Checks.none().and("a", Check.holds("SELECT true"));

        assertThat(one.asMap()).containsOnlyKeys("a");
        assertThatThrownBy(() -> one.and("a", Check.holds("SELECT true")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a'");
        assertThatThrownBy(() -> one.and(" ", Check.holds("SELECT true"))).isInstanceOf(IllegalArgumentException.class);
    }
}
