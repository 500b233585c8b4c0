package dev.outgrow.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What a URL must have before the driver sees it. */
class UrlCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://h/db?user=a&password=se%cret | option password: write it as %25",
                "jdbc:postgresql://h/db?password=a%2 | option password: write it as %25",
                "jdbc:postgresql://h/d%b?password=x | database in the URL of the target has a bare %: write it as %25",
                "jdbc:postgresql://u:p@h/db | ?user=…&password=… after the database",
                "jdbc:postgresql://u:p/w@h/db | ?user=…&password=… after the database",
                "jdbc:postgresql://h/a/b | more than one /",
                "jdbc:postgresql://h:99999/db | a port that is not a number from 1 to 65535",
                "jdbc:postgresql://h:1,i:x/db | a port that is not a number from 1 to 65535",
                "jdbc:postgresql://h/db?connectTimeout=abc | option connectTimeout a value that is not an integer",
                "jdbc:postgresql://h/db?socketTimeout=1s | option socketTimeout a value that is not an integer",
                "jdbc:postgresql://h/db?sslmode=maybe | option sslmode a value that is none of disable, allow, prefer"
            })
    void refusesWhatTheDriverCannotRead(String url, String says) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UrlDataSource(url))
                .withMessageContaining(says);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql:db",
                "jdbc:postgresql://h/",
                "jdbc:postgresql://h/d%2Fb?user=a%40b&password=a/b@c?d%25+e",
                "jdbc:postgresql://[::1]:5432/db",
                "jdbc:postgresql://[::1]/db",
                "jdbc:postgresql://h:1,i:2/db?targetServerType=primary&connectTimeout=3&sslmode=verify-full&ssl",
            })
    void takesWhatTheDriverCanRead(String url) {
        assertThatCode(() -> new UrlDataSource(url)).doesNotThrowAnyException();
    }

    @Test
    void namesAnOptionThatADataSourceHasWrong() throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"localhost"});
        source.setProperty("prepareThreshold", "often");
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class, () -> PgServer.of(source).open());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_REFUSED);
        assertThat(thrown).hasMessageContaining("prepareThreshold").hasMessageNotContaining("report");
    }
}
