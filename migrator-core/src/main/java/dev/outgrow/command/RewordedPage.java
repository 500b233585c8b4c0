package dev.outgrow.command;

import dev.outgrow.typemap.internal.text.TextPage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that takes other words for some of its parts. Indented lines of a page, which are no wider than a terminal,
 * stay so: those that the words make wider are wrapped, on into the lines that go on with the same sentence. Not safe for
 * concurrent use.
 */
final class RewordedPage {
    /** Spaces, and the mark or the columns of names before the words of a page. */
    private static final Pattern START =
            Pattern.compile(" *(?:(?:->|or|[*-]|\\d+\\.) +|\\S{1,12}(?: +\\S{1,12})? {2,})?");

    /** What is not broken: a word, with all that stands between quotes in it. */
    private static final Pattern WORD = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"|(?<!\\w)'[^']*'|\\S)+");

    private final String source;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    /** The last row of a line that was wrapped, until it is known whether the next line goes on with it; else empty. */
    private String rest = "";

    private int lineBegins;
    private boolean changed;

    RewordedPage(String source) {
        this.source = source;
    }

    /** Takes a part as it is. */
    void copy(int from, int to) {
        int at = from;
        for (int end = source.indexOf('\n', at); end >= 0 && end < to; end = source.indexOf('\n', at)) {
            line.append(source, at, end);
            endLine(end);
            if (rest.isEmpty()) {
                text.append('\n');
            }
            at = end + 1;
            lineBegins = at;
        }
        line.append(source, at, to);
    }

    /** Takes other words for the next part. */
    void replace(String words) {
        line.append(words);
        changed = true;
    }

    /** The whole text, once all of the source was taken. */
    String end() {
        endLine(source.length());
        return text.append(rest).toString();
    }

    private void endLine(int end) {
        if (!rest.isEmpty()) {
            if (goesOn()) {
                line.replace(0, indent(line), rest + " ");
                changed = true;
            } else {
                text.append(rest).append('\n');
            }
            rest = "";
        }
        boolean wide = changed
                && line.length() > TextPage.WIDTH
                && line.charAt(0) == ' '
                && source.substring(lineBegins, end).lines().allMatch(each -> each.length() <= TextPage.WIDTH);
        if (wide) {
            wrap();
        } else {
            text.append(line);
        }
        line.setLength(0);
        changed = false;
    }

    /** Whether a line goes on with the one before it, which had no room for its first word. */
    private boolean goesOn() {
        Matcher start = START.matcher(line);
        Matcher word = WORD.matcher(source).region(lineBegins, source.length());
        int lengthBefore = lineBegins - 1 - (source.lastIndexOf('\n', lineBegins - 2) + 1);
        return indent(line) == indent(rest)
                && start.lookingAt()
                && start.end() == indent(line)
                && word.find()
                && lengthBefore + 1 + word.group().length() > TextPage.WIDTH;
    }

    private static int indent(CharSequence row) {
        int spaces = 0;
        while (spaces < row.length() && row.charAt(spaces) == ' ') {
            spaces++;
        }
        return spaces;
    }

    private void wrap() {
        Matcher start = START.matcher(line);
        int indent = start.lookingAt() ? start.end() : 0;
        StringBuilder row = new StringBuilder(line.substring(0, indent));
        Matcher word = WORD.matcher(line);
        for (int at = indent; word.find(at); at = word.end()) {
            if (at > indent && row.length() + 1 + word.group().length() > TextPage.WIDTH) {
                text.append(row).append('\n');
                row = new StringBuilder(" ".repeat(indent)).append(word.group());
            } else {
                row.append(at > indent ? " " : "").append(word.group());
            }
        }
        rest = row.toString();
    }
}
