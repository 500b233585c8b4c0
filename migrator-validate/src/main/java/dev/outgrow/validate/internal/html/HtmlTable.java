package dev.outgrow.validate.internal.html;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/** A table that can be sorted by any column and searched. Not safe for concurrent use. */
public final class HtmlTable implements Block {
    /** Smaller tables need no search box. */
    private static final int SEARCHED = 16;

    private final String caption;
    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    private record Column(String name, boolean number) {}

    /** An empty table. */
    public HtmlTable(String caption) {
        this.caption = caption;
    }

    /** One more column, of text. */
    public HtmlTable text(String name) {
        columns.add(new Column(name, false));
        return this;
    }

    /** One more column, of numbers or durations, right-aligned and sorted by size. */
    public HtmlTable number(String name) {
        columns.add(new Column(name, true));
        return this;
    }

    /** One more row, of as many cells as there are columns. */
    public HtmlTable row(Cell... cells) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            boolean number = columns.get(i).number();
            row.add((i == 0 ? "<th scope=\"row\"" : "<td" + (number ? " class=\"n\"" : ""))
                    + (number ? " data-v=\"" + cells[i].size() + "\"" : "") + ">" + Html.escape(cells[i].text())
                    + (i == 0 ? "</th>" : "</td>"));
        }
        rows.add(ImmutableList.copyOf(row));
        return this;
    }

    /**
     * A cell.
     *
     * @param text what it shows
     * @param size the value by which it is sorted in a column of numbers
     */
    public record Cell(String text, double size) {
        /** A cell of text. */
        public static Cell of(String text) {
            return new Cell(text, 0);
        }
    }

    @Override
    public void write(StringBuilder html) {
        html.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
                .append(Html.escape(caption))
                .append("\"><table")
                .append(rows.size() >= SEARCHED ? " class=\"searched\"" : "")
                .append("><caption>")
                .append(Html.escape(caption))
                .append("</caption>\n<thead><tr>");
        for (Column column : columns) {
            html.append("<th scope=\"col\"")
                    .append(column.number() ? " class=\"n\"" : "")
                    .append('>');
            html.append(Html.escape(column.name())).append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            row.forEach(html::append);
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }
}
