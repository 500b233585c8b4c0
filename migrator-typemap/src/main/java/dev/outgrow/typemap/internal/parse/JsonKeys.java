package dev.outgrow.typemap.internal.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The keys of the objects in the document being read, those of an inner object after those of the outer ones. */
final class JsonKeys {
    /** Up to this many are compared pairwise, which takes no memory. */
    private static final int FEW = 24;

    private byte[] text = {};
    /** Where each begins and ends, without its quotes. */
    private int[] places = new int[32];

    private int size;
    private int first;

    /** Begins with a document. */
    void begin(byte[] document) {
        text = document;
        size = 0;
        first = 0;
    }

    /** Begins an object; its result must be passed back when the object ends. */
    int enter() {
        int outer = first;
        first = size;
        return outer;
    }

    void add(int start, int end) {
        if (size + 2 > places.length) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        places[size++] = start;
        places[size++] = end;
    }

    /**
     * Ends an object.
     *
     * @return whether its keys are distinct
     */
    boolean leave(int outer) {
        boolean few = size - first <= 2 * FEW;
        boolean distinct = (few && !anyEscaped()) ? areFewDistinct() : areDistinct();
        size = first;
        first = outer;
        return distinct;
    }

    private boolean anyEscaped() {
        for (int i = first; i < size; i += 2) {
            for (int at = places[i]; at < places[i + 1]; at++) {
                if (text[at] == '\\') {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean areFewDistinct() {
        for (int i = first + 2; i < size; i += 2) {
            for (int j = first; j < i; j += 2) {
                if (Arrays.equals(text, places[i], places[i + 1], text, places[j], places[j + 1])) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean areDistinct() {
        Set<String> distinct = new HashSet<>();
        for (int i = first; i < size; i += 2) {
            String key = new String(text, places[i], places[i + 1] - places[i], StandardCharsets.UTF_8);
            if (!distinct.add(unescaped(key))) {
                return false;
            }
        }
        return true;
    }

    /** A string without its escapes, so that two that mean the same are found equal. */
    static String unescaped(String key) {
        if (key.indexOf('\\') < 0) {
            return key;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) != '\\') {
                plain.append(key.charAt(i));
            } else if (key.charAt(++i) == 'u') {
                plain.append((char) Integer.parseInt(key.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                plain.append("\"\\/\b\f\n\r\t".charAt("\"\\/bfnrt".indexOf(key.charAt(i))));
            }
        }
        return plain.toString();
    }
}
