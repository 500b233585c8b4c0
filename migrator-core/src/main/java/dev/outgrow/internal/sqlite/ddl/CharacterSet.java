package dev.outgrow.internal.sqlite.ddl;

/** A set of characters of ASCII. (The matchers of Guava are a score of classes, all loaded with the first of them.) */
final class CharacterSet {
    private final boolean[] members = new boolean[128];
    private final boolean othersToo;

    private CharacterSet(String members, boolean othersToo) {
        for (int i = 0; i < members.length(); i++) {
            this.members[members.charAt(i)] = true;
        }
        this.othersToo = othersToo;
    }

    static CharacterSet of(String members) {
        return new CharacterSet(members, false);
    }

    /** These, and every character outside ASCII. */
    static CharacterSet withAllOthers(String members) {
        return new CharacterSet(members, true);
    }

    boolean has(char character) {
        return character < members.length ? members[character] : othersToo;
    }
}
