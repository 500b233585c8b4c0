package dev.outgrow.validate.internal.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A page: the headline and facts, then sections that the head of the page links to. Not safe for concurrent use. */
public final class HtmlPage {
    private final String title;
    private final String headline;
    private final boolean good;
    private final Map<String, String> facts;
    private final Map<String, List<Block>> sections = new LinkedHashMap<>();

    /**
     * A page without sections.
     *
     * @param title of the file
     * @param headline the result
     * @param good whether that is good
     * @param facts other important facts, by name
     */
    public HtmlPage(String title, String headline, boolean good, Map<String, String> facts) {
        this.title = title;
        this.headline = headline;
        this.good = good;
        this.facts = new LinkedHashMap<>(facts);
    }

    /** One more section; nothing if there are no blocks. */
    public HtmlPage section(String name, List<? extends Block> blocks) {
        if (!blocks.isEmpty()) {
            sections.put(name, List.copyOf(blocks));
        }
        return this;
    }

    /** The facts now. */
    public HtmlPage section(String name, Block... blocks) {
        return section(name, List.of(blocks));
    }

    /** The file. */
    @Override
    public String toString() {
        StringBuilder html = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>""");
        html.append(Html.escape(title)).append("</title>\n<style>\n").append(resource("page.css"));
        html.append(
                "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header>\n<p class=\"title\">");
        html.append(Html.escape(title))
                .append("</p>\n<h1 class=\"")
                .append(good ? "good" : "bad")
                .append("\">");
        html.append(Html.escape(headline)).append("</h1>\n<dl>\n");
        facts.forEach((name, words) -> html.append("<div><dt>")
                .append(Html.escape(name))
                .append("</dt><dd>")
                .append(Html.escape(words))
                .append("</dd></div>\n"));
        html.append("</dl>\n<nav aria-label=\"Sections\"><ul>\n");
        int number = 0;
        for (String name : sections.keySet()) {
            html.append("<li><a href=\"#s")
                    .append(++number)
                    .append("\">")
                    .append(Html.escape(name))
                    .append("</a></li>\n");
        }
        html.append("</ul></nav>\n</header>\n<main id=\"main\">\n");
        number = 0;
        for (Map.Entry<String, List<Block>> section : sections.entrySet()) {
            html.append("<section aria-labelledby=\"s")
                    .append(++number)
                    .append("\">\n<h2 id=\"s")
                    .append(number)
                    .append("\">");
            html.append(Html.escape(section.getKey())).append("</h2>\n");
            section.getValue().forEach(block -> block.write(html));
            html.append("</section>\n");
        }
        return html.append("</main>\n<script>\n")
                .append(resource("page.js"))
                .append("</script>\n</body>\n</html>\n")
                .toString();
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(HtmlPage.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
