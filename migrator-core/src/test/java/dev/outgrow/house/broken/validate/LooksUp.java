package dev.outgrow.house.broken.validate;

import dev.outgrow.house.broken.internal.Hidden;

/** Breaks: validate stands on typemap alone. */
final class LooksUp {
    private LooksUp() {}

    static Object up() {
        return new Hidden();
    }
}
