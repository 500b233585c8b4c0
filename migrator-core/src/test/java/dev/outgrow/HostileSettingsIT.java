package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.DatabaseTemplate;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same values arrive whatever the zone and the locale of the JVM, and whatever the sessions of the target begin with. */
class HostileSettingsIT {
    private static final String[] APP = {
        "CREATE TABLE \"TITLES\"(id INTEGER PRIMARY KEY, naive DATETIME, zoned DATETIME, unix TIMESTAMP, d DATE, tm TIME,"
                + " \"I\" TEXT, bits BLOB, r REAL, dec DECIMAL(8,2), flag BOOLEAN, doc JSON)",
        "INSERT INTO \"TITLES\" VALUES (1, '2024-07-01 12:00:00', '2024-03-31T02:30:00+02:00', 1711848600, '2024-03-31',"
                + " '02:30', 'C:\\new\\t''able', x'5c00ff27', 0.1, 1234.5, 'TRUE', '{\"I\": \"\\\\ı\"}')",
        "INSERT INTO \"TITLES\" VALUES (-2, '1900-01-01 00:00:00', '1970-01-01T00:00:00Z', 1699999999, '0001-01-01',"
                + " '23:59:59.999999', 'İI', x'', 1e-300, -0.05, 'f', '\"\\n\"')",
    };

    private final TimeZone zone = TimeZone.getDefault();
    private final Locale locale = Locale.getDefault();

    @TempDir
    Path folder;

    @AfterEach
    void restores() {
        TimeZone.setDefault(zone);
        Locale.setDefault(locale);
    }

    @ParameterizedTest(name = "JVM in {0} and {1}, session in {2}")
    @DisplayName("Times without an offset, and all the others, depend on no setting")
    @CsvSource({
        "UTC, en-US, UTC",
        "Europe/Paris, tr-TR, Asia/Tokyo",
        "America/St_Johns, ar-EG-u-nu-arab, America/Caracas",
        "Pacific/Apia, th-TH-u-ca-buddhist-nu-thai, Europe/Paris",
    })
    void carriesTheSameValues(String jvmZone, String jvmLocale, String sessionZone) {
        TimeZone.setDefault(TimeZone.getTimeZone(jvmZone));
        Locale.setDefault(Locale.forLanguageTag(jvmLocale));
        try (TestDatabase database = PostgresServer.shared().freshDatabase(DatabaseTemplate.hostile())) {
            DataSource pool = beginningWith(
                    database.dataSource(),
                    "SET TIME ZONE '" + sessionZone + "'",
                    "SET DateStyle = 'ISO, DMY'",
                    "SET extra_float_digits = -15");
            Migrated.migration(folder, database, APP).to(pool).run();
            assertArrived(database);
        }
    }

    @Test
    @DisplayName("A JVM whose default charset, zone and locale are all odd")
    void carriesTheSameValuesInAnOddJvm() throws Exception {
        try (TestDatabase database = PostgresServer.shared().freshDatabase(DatabaseTemplate.hostile())) {
            Path output = folder.resolve("output.txt");
            Process process = RunInAnotherProcess.start(
                    List.of(
                            "-Dfile.encoding=UTF-16",
                            "-Duser.timezone=America/St_Johns",
                            "-Duser.language=tr",
                            "-Duser.country=TR"),
                    SqliteFiles.write(folder.resolve("app.db"), APP),
                    database.jdbcUrl(),
                    output,
                    "run");
            assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as("%s", Files.readString(output, StandardCharsets.ISO_8859_1))
                    .isZero();
            assertArrived(database);
        }
    }

    private static void assertArrived(TestDatabase database) {
        assertThat(text(database, 1))
                .isEqualTo("2024-07-01 12:00:00|2024-03-31 00:30:00|2024-03-31 01:30:00|2024-03-31|02:30:00|"
                        + "C:\\new\\t'able|5c00ff27|t|1234.50|t|{\"I\": \"\\\\ı\"}");
        assertThat(text(database, -2))
                .isEqualTo("1900-01-01 00:00:00|1970-01-01 00:00:00|2023-11-14 22:13:19|0001-01-01|23:59:59.999999|"
                        + "İI||t|-0.05|f|\"\\n\"");
    }

    private static String text(TestDatabase database, long id) {
        return String.valueOf(database.value("""
                SELECT concat_ws('|', naive, zoned AT TIME ZONE 'UTC', unix AT TIME ZONE 'UTC', d, tm, "I",
                                 encode(bits, 'hex'), r IN (0.1::float8, 1e-300::float8), dec, flag, doc)
                  FROM public."TITLES" WHERE id =\s""" + id));
    }

    /** A pool that sets its sessions up, as pools can be told to. */
    private static DataSource beginningWith(DataSource source, String... statements) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(source, arguments);
                        if (answer instanceof Connection connection) {
                            begin(connection, List.of(statements));
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void begin(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
