package dev.outgrow.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The SQLite database of a test, as a resource: the file itself, or a script that makes it.
 *
 * @param name the resource as the test names it
 * @param owner the class that looks for it
 */
record Fixture(String name, Class<?> owner) {
    /** Where each SQLite database begins, see "The Database Header" in SQLite's "Database File Format". */
    private static final byte[] HEADER = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Files that belong to a database until all connections have closed it. */
    private static final List<String> BESIDE = List.of("-wal", "-journal");

    static Fixture of(String name, Class<?> owner) {
        return new Fixture(name, owner);
    }

    /** A copy in a folder of its own. */
    Path copy() {
        try {
            Path folder = Files.createTempDirectory("outgrow-fixture");
            Path file = folder.resolve(fileName());
            byte[] content = content(name);
            if (content.length == 0) {
                throw new ExtensionConfigurationException("The fixture " + name + " is empty");
            }
            if (!Arrays.equals(content, 0, Math.min(content.length, HEADER.length), HEADER, 0, HEADER.length)) {
                run(new String(content, StandardCharsets.UTF_8), file);
                return file;
            }
            Files.write(file, content);
            for (String suffix : BESIDE) {
                if (owner.getResource(name + suffix) != null) {
                    Files.write(folder.resolve(fileName() + suffix), content(name + suffix));
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("The fixture " + name + " cannot be copied", e);
        }
    }

    private String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private byte[] content(String resource) throws IOException {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new ExtensionConfigurationException("There is no fixture " + resource + " on the class path of "
                        + owner.getName() + ": a file in src/test/resources is named with a slash at its beginning");
            }
            return in.readAllBytes();
        }
    }

    private void run(String script, Path file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(script);
        } catch (SQLException e) {
            throw new ExtensionConfigurationException(
                    "The fixture " + name + " is neither a SQLite database nor a script that SQLite runs: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Deletes a copy with its folder. */
    static void delete(Path copy) throws IOException {
        try (Stream<Path> all = Files.walk(copy.getParent())) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
