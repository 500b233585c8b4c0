package dev.outgrow.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.plan.PlannedTable.Parts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page needs nothing but itself, harms nobody whatever names are in it, and stays usable with thousands of tables. */
class PlanPageTest {
    private static final int TABLES = 2000;
    private static final Outlook NOTHING_EXPECTED = new Outlook(0, null, null, -1, 0);
    private static final String HOSTILE =
            "</script><script>document.title='harmed'</script><img src=x onerror=alert(1)>\"'&";

    /** Works with the page as a person would, and leaves what came of it in an attribute. */
    private static final String VISITOR = """
            <script>
            (function () {
              var table = Array.from(document.querySelectorAll("table")).find(function (each) { return each.rows.length > 1900; });
              var visible = function () { return Array.from(table.tBodies[0].rows).filter(function (row) { return !row.hidden; }); };
              var said = ["first " + visible().length];
              var input = table.parentElement.previousElementSibling.querySelector("input");
              input.value = "table 1234";
              input.dispatchEvent(new Event("input"));
              said.push("found " + visible().map(function (row) { return row.cells[0].textContent; }).join());
              input.value = "";
              input.dispatchEvent(new Event("input"));
              var head = table.tHead.rows[0].cells[1];
              head.querySelector("button").click();
              head.querySelector("button").click();
              said.push("most " + visible()[0].cells[1].textContent + " " + head.getAttribute("aria-sort"));
              table.parentElement.previousElementSibling.querySelector("button").click();
              said.push("all " + visible().length);
              said.push("asked for " + performance.getEntriesByType("resource").length);
              document.body.dataset.visit = said.join("; ");
            })();
            </script>
            """;

    @TempDir
    Path folder;

    private static MigrationPlan large() {
        List<PlannedTable> tables = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            String name = i == 7 ? HOSTILE : "table " + i;
            tables.add(new PlannedTable(
                    name,
                    name,
                    i * 1000L,
                    List.of(new PlannedColumn("id", "id", "INTEGER", "bigint", "native", "", "", "every one fits")),
                    new Parts(1, 0, 0, 0, 0)));
        }
        Notice notice = new Notice(
                "view:" + HOSTILE,
                Notice.Severity.BLOCKER,
                true,
                HOSTILE,
                "",
                0,
                List.of(),
                List.of(Remedy.inWords(Remedy.Kind.FIX_SOURCE, HOSTILE)));
        return new ReadPlan(
                HOSTILE,
                "f",
                HOSTILE,
                tables,
                List.of(notice),
                List.of(),
                List.of(),
                List.of(),
                HOSTILE,
                NOTHING_EXPECTED);
    }

    @Test
    void asksNobodyForAnything() {
        String page = large().toHtml();
        assertThat(page.startsWith("<!DOCTYPE html>")).isTrue();
        assertThat(List.of("default-src 'none'", "<html lang=\"en\">")).allMatch(page::contains);
        assertThat(List.of("http://", "https://", "<link", "<img", " src=\"", "@import", "url("))
                .noneMatch(page::contains);
    }

    @Test
    void takesNamesForNamesAndNothingElse() {
        String page = large().toHtml();
        assertThat(page.contains("<img")).isFalse();
        assertThat(page.contains("&lt;/script&gt;&lt;script&gt;document.title")).isTrue();
        assertThat(page.split("<script>", -1)).hasSize(2);
        assertThat(page.split("</script>", -1)).hasSize(2);
    }

    @Test
    void isSearchedSortedAndPrintedInABrowser() throws Exception {
        Browser browser = Browser.in(folder);
        Path page = folder.resolve("page.html");
        Files.writeString(page, large().toHtml().replace("</body>", VISITOR + "</body>"));
        String seen = browser.open(page, "--dump-dom");
        Matcher visit = Pattern.compile("data-visit=\"([^\"]*)\"").matcher(seen);
        assertThat(visit.find()).isTrue();
        assertThat(visit.group(1))
                .isEqualTo("first 300; found table 1234; most 1,999,000 descending; all 2000; asked for 0");
        assertThat(seen.contains("<title>Outgrow: plan</title>")).isTrue();
        assertThat(browser.console()).isEmpty();
        Path pdf = folder.resolve("page.pdf");
        browser.open(page, "--print-to-pdf=" + pdf);
        assertThat(Files.readString(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF");
        assertThat(Files.size(pdf)).isGreaterThan(100_000);
    }
}
