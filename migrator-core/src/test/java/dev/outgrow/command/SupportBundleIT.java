package dev.outgrow.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.Migration;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPostgres.class)
class SupportBundleIT {
    private static final String PASSWORD = "Pa55w0rd4711";
    private static final String VALUE = "s3cr3tV4lue";

    @TempDir
    Path folder;

    private static Map<String, String> entries(Path zip) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                try (InputStream in = file.getInputStream(entry)) {
                    entries.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return entries;
    }

    @Test
    void holdsWhatAHelperAsksForAndNoSecret(TestDatabase database) throws IOException {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, note TEXT UNIQUE, d DATE)",
                "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END",
                "INSERT INTO t VALUES (1, '" + VALUE + "', NULL), (2, 'b', '" + VALUE + "')");
        String url = database.jdbcUrl().replace("password=", "password=" + PASSWORD);
        Migration migration = Migration.from(file).to(url);
        MigrationException blocked = catchThrowableOfType(MigrationException.class, migration::run);
        MigrationException checked = catchThrowableOfType(
                MigrationException.class,
                migration
                        .accept("trigger:*")
                        .onMisfit(dev.outgrow.typemap.MisfitPolicy.WIDEN)
                        .check("app", context -> {
                            throw new IllegalStateException(VALUE, new IOException(PASSWORD));
                        })::run);

        Path zip = folder.resolve("support.zip");
        SupportBundle.empty()
                .readiness(migration.readiness())
                .failure(blocked)
                .failure(checked)
                .write(zip);
        Map<String, String> entries = entries(zip);
        assertThat(entries)
                .containsOnlyKeys(
                        "versions.txt",
                        "plan.txt",
                        "plan.json",
                        "readiness.txt",
                        "readiness.json",
                        "failure.txt",
                        "failure.json",
                        "report.txt",
                        "report.json");
        assertThat(entries.get("versions.txt")).contains("sqlite-jdbc 3.", "pgjdbc 42.", "java ");
        assertThat(entries.get("failure.json")).contains("\"reason\": \"" + checked.reason() + "\"");
        assertThat(entries.get("failure.txt")).contains("at dev.outgrow.");
        assertThat(entries.get("plan.txt")).contains("trigger:tr");
        assertThat(entries.values()).noneMatch(text -> text.contains(VALUE) || text.contains(PASSWORD));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).noneMatch(each -> each.toString().endsWith(".part"));
        }
    }

    @Test
    void saysNothingOfAStrangeFailureButItsPlace() throws IOException {
        Path zip = folder.resolve("support.zip");
        Files.writeString(zip, "an older one");
        SupportBundle.empty()
                .failure(new IllegalArgumentException(VALUE, new IOException(PASSWORD)))
                .write(zip);
        assertThat(entries(zip).get("failure.txt"))
                .contains("java.lang.IllegalArgumentException\n", "Caused by: java.io.IOException\n", "SupportBundleIT")
                .doesNotContain(VALUE)
                .doesNotContain(PASSWORD);
    }
}
