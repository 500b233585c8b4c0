package dev.outgrow.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of real data that stand beside the checkout, since the repository does not hold them. */
public final class SharedFolder {
    private SharedFolder() {}

    /**
     * The folder that the system property {@code migrator.NAME} names, else {@code ../shared/NAME} beside the checkout. A test that
     * asks for one that is not there is skipped, and reported as skipped.
     *
     * @throws IllegalStateException if the property names no folder
     */
    public static Path called(String name) {
        String property = "migrator." + name;
        String given = System.getProperty(property, "");
        if (!given.isBlank()) {
            Path folder = Path.of(given).toAbsolutePath().normalize();
            if (!Files.isDirectory(folder)) {
                throw new IllegalStateException("-D" + property + " names no folder: " + folder);
            }
            return folder;
        }
        Path folder = Path.of(System.getProperty("migrator.root", ""), "..", "shared", name)
                .toAbsolutePath()
                .normalize();
        assumeTrue(Files.isDirectory(folder), "No folder " + folder + ": name another with -D" + property);
        return folder;
    }
}
