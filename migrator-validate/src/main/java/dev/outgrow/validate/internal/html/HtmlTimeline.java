package dev.outgrow.validate.internal.html;

import dev.outgrow.typemap.internal.text.Amount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A timeline: what happened when, as bars on lines. Not safe for concurrent use. */
public final class HtmlTimeline implements Block {
    private final String title;
    private final long wholeMillis;
    private final Map<String, List<Bar>> lines = new LinkedHashMap<>();

    private record Bar(String name, long start, long length) {}

    /**
     * An empty timeline.
     *
     * @param wholeMillis how long all of it is
     */
    public HtmlTimeline(String title, long wholeMillis) {
        this.title = title;
        this.wholeMillis = Math.max(1, wholeMillis);
    }

    /** One more bar on a line. */
    public HtmlTimeline bar(String line, String name, long startMillis, long millis) {
        lines.computeIfAbsent(line, key -> new ArrayList<>()).add(new Bar(name, startMillis, millis));
        return this;
    }

    @Override
    public void write(StringBuilder html) {
        html.append("<figure class=\"timeline\"><figcaption>")
                .append(Html.escape(title))
                .append(", 0 to ")
                .append(Amount.time(Duration.ofMillis(wholeMillis)))
                .append("</figcaption>\n");
        lines.forEach((line, bars) -> {
            html.append("<div class=\"lane\"><span class=\"lane-name\">")
                    .append(Html.escape(line))
                    .append("</span><span class=\"bars\">");
            bars.forEach(bar -> write(html, bar));
            html.append("</span></div>\n");
        });
        html.append("</figure>\n");
    }

    private void write(StringBuilder html, Bar bar) {
        String label = Html.escape(bar.name() + ", " + Amount.time(Duration.ofMillis(bar.length())));
        html.append(String.format(
                Locale.ROOT,
                "<span class=\"bar\" role=\"img\" style=\"left:%.3f%%;width:%.3f%%\" title=\"%s\" aria-label=\"%s\"></span>",
                percent(bar.start()),
                Math.max(0.1, Math.min(percent(bar.length()), 100 - percent(bar.start()))),
                label,
                label));
    }

    private double percent(long millis) {
        return Math.max(0, Math.min(100, 100.0 * millis / wholeMillis));
    }
}
