package dev.outgrow.typemap.internal.text;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.List;

/** Text for a terminal: lines, wrapped paragraphs, tables whose columns are aligned. Not safe for concurrent use. */
public final class TextPage {
    /** The columns of a terminal. */
    public static final int WIDTH = 100;

    private static final int WIDEST_CELL = 44;

    private final StringBuilder text = new StringBuilder();
    private final int width;

    /** A page as wide as a terminal is. */
    public TextPage() {
        this(WIDTH);
    }

    private TextPage(int width) {
        this.width = width;
    }

    /** A page that wraps nothing: for messages, which are searched and pasted from. */
    public static TextPage unwrapped() {
        return new TextPage(Integer.MAX_VALUE);
    }

    /** One line as it stands. */
    public TextPage line(String line) {
        text.append(line.stripTrailing()).append('\n');
        return this;
    }

    /** An empty line. */
    public TextPage gap() {
        return line("");
    }

    /** Words over as many lines as they need; those after the first are indented under its words. */
    public TextPage wrapped(String start, String words) {
        return wrapped(start, words, Integer.MAX_VALUE);
    }

    /** Likewise, cut after so many lines. */
    public TextPage wrapped(String start, String words, int mostLines) {
        int lines = 0;
        StringBuilder row = new StringBuilder(start);
        boolean empty = true;
        for (String word : words.split(" ", -1)) {
            if (!empty && row.length() > width - word.length()) {
                if (++lines == mostLines) {
                    line(row + "…");
                    return this;
                }
                line(row.toString());
                row = new StringBuilder(" ".repeat(start.length()));
            }
            row.append(word).append(' ');
            empty = false;
        }
        return line(row.toString());
    }

    /**
     * A table.
     *
     * @param rows the heading first; all with as many cells
     * @param numbers whether a column is of numbers, which stand to the right
     */
    public TextPage table(String indent, List<List<String>> rows, List<Boolean> numbers) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < numbers.size(); column++) {
            int widest = 0;
            for (List<String> row : rows) {
                int length = row.get(column).length();
                widest = length > WIDEST_CELL ? widest : Math.max(widest, length);
            }
            widths.add(widest);
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int column = 0; column < row.size(); column++) {
                line.append(column == 0 ? "" : "  ");
                line.append(
                        numbers.get(column)
                                ? Strings.padStart(row.get(column), widths.get(column), ' ')
                                : Strings.padEnd(row.get(column), widths.get(column), ' '));
            }
            line(line.toString());
        }
        return this;
    }

    /** The first of some names, and how many more there are. */
    public static String some(List<String> names, int most) {
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + " and " + Amount.count(names.size() - most) + " more";
    }

    /** What has been written. */
    @Override
    public String toString() {
        return text.toString();
    }
}
