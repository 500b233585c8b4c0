package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.validate.Difference;
import dev.outgrow.validate.ValidationReport;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value of each type is damaged, one at a time, in a transaction that is rolled back. */
@DisplayName("One damaged value of any type is found with table, key and column")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValueMutationsIT {
    private DamagedTarget target;

    @BeforeAll
    void copies(@TempDir Path folder) throws SQLException {
        target = DamagedTarget.of(folder.resolve("every.db"), EveryType.sqlite(), EveryType.postgres());
    }

    @AfterAll
    void closes() throws SQLException {
        target.close();
    }

    static Stream<Arguments> damages() {
        return EveryType.COLUMNS.stream()
                .flatMap(column -> column.damages().stream().map(damage -> Arguments.of(column.name(), damage)));
    }

    static Stream<String> columns() {
        return EveryType.COLUMNS.stream().map(EveryType.Column::name);
    }

    @Test
    void undamagedTargetPasses() throws Exception {
        assertThat(validated(EveryType.fixture())).satisfies(report -> {
            assertThat(report.differences()).isEmpty();
            assertThat(report.passed()).isTrue();
            assertThat(report.tables().get(0).valuesCompared()).isEqualTo(3L * (EveryType.COLUMNS.size() + 1));
        });
    }

    @Test
    void undamagedTargetPassesAsAMultiset() throws Exception {
        assertThat(validated(EveryType.fixture().key()).differences()).isEmpty();
        assertThat(validated(EveryType.fixture().key("uuid")).differences()).isEmpty();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("damages")
    void findsAnotherValue(String column, String damage) throws Exception {
        target.damage("UPDATE everything SET \"" + column + "\" = " + damage + " WHERE id = 2");

        assertThat(validated(EveryType.fixture()).differences())
                .containsExactly(new Difference("everything", "id=2", column, Difference.Kind.VALUE));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("damages")
    void findsAnotherValueWithoutAKey(String column, String damage) throws Exception {
        target.damage("UPDATE everything SET \"" + column + "\" = " + damage + " WHERE id = 2");

        assertThat(validated(EveryType.fixture().key()).differences())
                .containsExactly(new Difference("everything", "rowid=2", column, Difference.Kind.VALUE));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void findsALostValue(String column) throws Exception {
        target.damage("UPDATE everything SET \"" + column + "\" = NULL WHERE id = 3");

        assertThat(validated(EveryType.fixture()).differences())
                .containsExactly(new Difference("everything", "id=3", column, Difference.Kind.NULL_IN_TARGET));
    }

    private ValidationReport validated(TableFixture fixture) throws Exception {
        return target.validated(fixture.in("public"));
    }
}
