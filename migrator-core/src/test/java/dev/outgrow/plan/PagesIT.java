package dev.outgrow.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every page is opened in a browser: of a rehearsal, a run, a comparison, a switchover and a switchover that is refused. */
@ExtendWith(TestPostgres.class)
class PagesIT {
    private static final String HOSTILE = "</script><script>document.title='harmed'</script>";

    /** Says what the page is, what it asked for, and whether everything has a name for those who cannot see it. */
    private static final String VISITOR = """
            <script>
            document.body.dataset.visit = [
              document.title,
              document.querySelectorAll("h1").length + " h1",
              performance.getEntriesByType("resource").length + " asked for",
              Array.from(document.querySelectorAll("input")).filter(function (each) { return !each.labels.length; }).length + " unnamed",
              Array.from(document.querySelectorAll("nav a")).filter(function (each) { return !document.querySelector(each.getAttribute("href")); }).length + " lead nowhere"
            ].join("; ");
            </script>
            """;

    @TempDir
    Path folder;

    @Test
    void areOpenedInABrowser(TestDatabase database) throws Exception {
        Browser browser = Browser.in(folder);
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE \"" + HOSTILE + "\"(id INTEGER PRIMARY KEY, at DATETIME)",
                "INSERT INTO \"" + HOSTILE + "\" VALUES (1, 1700000000), (2, 1710000000)",
                "CREATE TRIGGER touch AFTER INSERT ON \"" + HOSTILE + "\" BEGIN SELECT 1; END");
        Migration migration = Migration.from(file).to(database.dataSource()).accept("*");
        Rehearsal rehearsal = migration.rehearse();
        Switchover switchover = Switchover.of(migration.rehearsed(rehearsal));
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("Outgrow: rehearsal", rehearsal.toHtml());
        pages.put("Outgrow: migration", switchover.switchOver().toHtml());
        pages.put("Outgrow: comparison", migration.validate().toHtml());
        pages.put("Outgrow: switchover", switchover.status().toHtml());
        for (Map.Entry<String, String> each : pages.entrySet()) {
            Path page = folder.resolve("page.html");
            Files.writeString(page, each.getValue().replace("</body>", VISITOR + "</body>"));
            assertThat(browser.open(page, "--dump-dom"))
                    .contains("data-visit=\"" + each.getKey() + "; 1 h1; 0 asked for; 0 unnamed; 0 lead nowhere\"");
            assertThat(browser.console()).as(each.getKey()).isEmpty();
        }
    }
}
