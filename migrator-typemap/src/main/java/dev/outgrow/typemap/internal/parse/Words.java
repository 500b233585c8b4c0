package dev.outgrow.typemap.internal.parse;

/** Short ASCII words in text: booleans, and what counts as blank. */
public final class Words {
    private Words() {}

    /** Whether a part of an array is empty, or of ASCII white space alone. */
    public static boolean isBlank(byte[] text, int start, int end) {
        for (int at = start; at < end; at++) {
            if (!isSpace(text[at])) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is a date of zeros alone, as MySQL has them: {@code 0000-00-00}, with a time or without, or 14 zeros. */
    public static boolean isZeroDate(byte[] text, int start, int end) {
        int length = end - start;
        boolean digits = length == 8 || length == 14;
        int last = !digits && length > 10 && text[end - 1] == 'Z' ? end - 1 : end;
        int written = last - start;
        if (!digits && written != 10 && written != 16 && written != 19 && written < 21) {
            return false;
        }
        for (int at = start; at < last; at++) {
            boolean holds = digits
                    ? text[at] == '0'
                    : switch (at - start) {
                        case 4, 7 -> text[at] == '-';
                        case 10 -> text[at] == ' ' || text[at] == 'T';
                        case 13, 16 -> text[at] == ':';
                        case 19 -> text[at] == '.';
                        default -> text[at] == '0';
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    /** White space as SQLite and PostgreSQL trim it from numbers and times: blank, tab, LF, VT, FF, CR. */
    public static boolean isSpace(byte value) {
        return value == ' ' || (value >= '\t' && value <= '\r');
    }

    /**
     * The boolean of a word that PostgreSQL's boolean input takes: a unique prefix of true, false, yes, no, on, off, or 0
     * or 1, in either case, with white space around it.
     *
     * @return 1 for true, 0 for false, -1 if it is no such word
     */
    public static int booleanOf(byte[] text, int from, int upTo) {
        int start = start(text, from, upTo);
        int length = end(text, start, upTo) - start;
        if (length == 0 || length > 5) {
            return -1;
        }
        return switch (text[start] | 0x20) {
            case 't' -> isPrefix("true", text, start, length) ? 1 : -1;
            case 'f' -> isPrefix("false", text, start, length) ? 0 : -1;
            case 'y' -> isPrefix("yes", text, start, length) ? 1 : -1;
            case 'n' -> isPrefix("no", text, start, length) ? 0 : -1;
            case 'o' ->
                length == 2 && isPrefix("on", text, start, length)
                        ? 1
                        : length >= 2 && isPrefix("off", text, start, length) ? 0 : -1;
            case '1' | 0x20 -> length == 1 && text[start] == '1' ? 1 : -1;
            case '0' | 0x20 -> length == 1 && text[start] == '0' ? 0 : -1;
            default -> -1;
        };
    }

    /** Where what is not white space begins. */
    static int start(byte[] text, int from, int upTo) {
        int at = from;
        while (at < upTo && isSpace(text[at])) {
            at++;
        }
        return at;
    }

    /** Where what is not white space ends. */
    static int end(byte[] text, int from, int upTo) {
        int at = upTo;
        while (at > from && isSpace(text[at - 1])) {
            at--;
        }
        return at;
    }

    private static boolean isPrefix(String word, byte[] text, int start, int length) {
        if (length > word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            byte letter = text[start + i];
            if (!((letter >= 'A' && letter <= 'Z')
                            || (letter >= 'a' && letter <= 'z')
                            || (letter >= '0' && letter <= '9'))
                    || (letter | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
