package dev.outgrow.typemap.internal.decode;

import java.io.ByteArrayOutputStream;

/** The numbers in a document as PostgreSQL prints jsonb: it keeps trailing zeros, and treats 1.0 and 1.00 as equal. */
public final class JsonNumbers {
    private JsonNumbers() {}

    /**
     * The document with every number written in the shortest way, so that two are the same bytes if jsonb takes them
     * for equal.
     *
     * @param printed the document as PostgreSQL prints it
     */
    public static byte[] shortened(byte[] printed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(printed.length);
        int at = 0;
        while (at < printed.length) {
            int end = printed[at] == '"' ? endOfString(printed, at) : at + 1;
            int kept = end;
            if (printed[at] >= '0' && printed[at] <= '9') {
                end = endOfNumber(printed, at);
                kept = end;
                if (contains(printed, at, end, '.')) {
                    while (printed[kept - 1] == '0') {
                        kept--;
                    }
                    kept -= printed[kept - 1] == '.' ? 1 : 0;
                }
            }
            out.write(printed, at, kept - at);
            at = end;
        }
        return out.toByteArray();
    }

    private static int endOfString(byte[] text, int start) {
        int at = start + 1;
        while (text[at] != '"') {
            at += text[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int endOfNumber(byte[] text, int start) {
        int at = start;
        while (at < text.length && ((text[at] >= '0' && text[at] <= '9') || text[at] == '.')) {
            at++;
        }
        return at;
    }

    private static boolean contains(byte[] text, int start, int end, char wanted) {
        for (int i = start; i < end; i++) {
            if (text[i] == wanted) {
                return true;
            }
        }
        return false;
    }
}
