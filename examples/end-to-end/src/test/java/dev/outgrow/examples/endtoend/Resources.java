package dev.outgrow.examples.endtoend;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** What lies beside these classes. */
final class Resources {
    private Resources() {}

    static Path path(String name) {
        try {
            return Path.of(Objects.requireNonNull(Resources.class.getResource("/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
