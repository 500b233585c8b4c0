package dev.outgrow.validate.internal.html;

import com.google.common.html.HtmlEscapers;
import java.util.List;

/** Small blocks. */
public final class Html {
    private Html() {}

    /** Escaped text; control characters, which HTML does not allow, become U+FFFD. */
    public static String escape(String text) {
        String clean = text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\ufffe\\uffff]", "\ufffd");
        return HtmlEscapers.htmlEscaper().escape(clean);
    }

    /** A paragraph. */
    public static Block paragraph(String text) {
        return html -> html.append("<p>").append(escape(text)).append("</p>\n");
    }

    /** Items, one below the other, with numbers if they are steps. */
    public static Block list(List<String> items, boolean steps) {
        String tag = steps ? "ol" : "ul";
        return html -> {
            html.append('<').append(tag).append(">\n");
            items.forEach(item -> html.append("<li>").append(escape(item)).append("</li>\n"));
            html.append("</").append(tag).append(">\n");
        };
    }

    /** Lines to copy, each whole. */
    public static Block lines(List<String> lines) {
        return html -> {
            html.append("<pre tabindex=\"0\">");
            lines.forEach(line -> html.append(escape(line)).append('\n'));
            html.append("</pre>\n");
        };
    }

    /** Preformatted text, such as a script; collapsed at first. */
    public static Block closed(String summary, String text) {
        return html -> html.append("<details><summary>")
                .append(escape(summary))
                .append("</summary>\n<pre tabindex=\"0\">")
                .append(escape(text))
                .append("</pre></details>\n");
    }

    /**
     * A finding.
     *
     * @param title what it is about
     * @param message what was found
     * @param names what it concerns; collapsed if there are many
     * @param remedies what to do, each enough by itself
     */
    public static Block card(String title, String message, List<String> names, List<Step> remedies) {
        return html -> {
            html.append("<article class=\"card\"><h3>").append(escape(title)).append("</h3>\n<p>");
            html.append(escape(message)).append("</p>\n");
            if (names.size() > 1) {
                html.append("<details><summary>").append(names.size()).append(" of them</summary><ul class=\"names\">");
                names.forEach(name -> html.append("<li>").append(escape(name)).append("</li>"));
                html.append("</ul></details>\n");
            }
            for (int i = 0; i < remedies.size(); i++) {
                html.append("<p class=\"remedy\">").append(i == 0 ? "" : "or: ");
                html.append(escape(remedies.get(i).words()));
                if (!remedies.get(i).code().isEmpty()) {
                    html.append(" <code>")
                            .append(escape(remedies.get(i).code()))
                            .append("</code>");
                }
                html.append("</p>\n");
            }
            html.append("</article>\n");
        };
    }

    /**
     * A step.
     *
     * @param words what to do
     * @param code the line to paste; empty if there is none
     */
    public record Step(String words, String code) {}
}
