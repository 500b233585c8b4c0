package dev.outgrow.command;

import static com.google.common.base.Preconditions.checkArgument;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Finds the password of a JDBC URL, so that it need not be on a command line, where everybody on the machine can read
 * it. The first of these that has one decides: the URL; the given file or standard input; the environment variable
 * {@code PGPASSWORD}; the file {@code ~/.pgpass}, or the one that {@code PGPASSFILE} names; and, if the server asks for
 * one, a prompt. Immutable.
 *
 * <pre>{@code
 * String url = PasswordSearch.of("jdbc:postgresql://localhost/app?user=app").file(passwordFile).orPrompt().url();
 * }</pre>
 */
public final class PasswordSearch {
    /**
     * The SQLSTATE sqlserver_rejected_establishment_of_sqlconnection: from this driver it means that the server asks
     * for a password and none was given.
     */
    private static final String WANTED = "08004";

    private final String jdbcUrl;
    private final Map<String, String> environment;
    private final @Nullable String given;
    private final @Nullable Supplier<char @Nullable []> prompt;

    private PasswordSearch(
            String jdbcUrl,
            Map<String, String> environment,
            @Nullable String given,
            @Nullable Supplier<char @Nullable []> prompt) {
        this.jdbcUrl = jdbcUrl;
        this.environment = environment;
        this.given = given;
        this.prompt = prompt;
    }

    /**
     * The password for a URL.
     *
     * @throws IllegalArgumentException if it is not a URL of PostgreSQL; the message does not repeat it
     */
    public static PasswordSearch of(String jdbcUrl) {
        return of(jdbcUrl, System.getenv());
    }

    static PasswordSearch of(String jdbcUrl, Map<String, String> environment) {
        checkArgument(
                Objects.requireNonNull(jdbcUrl, "jdbcUrl").startsWith("jdbc:postgresql:"),
                "the URL of the target does not begin with jdbc:postgresql: -- such as jdbc:postgresql://localhost/app?user=app");
        return new PasswordSearch(jdbcUrl, environment, null, null);
    }

    /**
     * Takes the first line of a file, such as a container's secret, and reads no further.
     *
     * @param file {@code -} for standard input; null for none, so that an option that nobody gave can be passed on
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if its first line is empty
     * @throws MigrationException {@link Reason#INTERRUPTED} if the thread was interrupted while it waited for standard input
     */
    public PasswordSearch file(@Nullable Path file) throws IOException {
        if (file == null) {
            return this;
        }
        if (file.toString().equals("-")) {
            return PatientRead.of(() -> line(System.in, "standard input"));
        }
        try (InputStream content = Files.newInputStream(file)) {
            return line(content, "the file " + file);
        }
    }

    private PasswordSearch line(InputStream content, String name) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = content.read(); each >= 0 && each != '\n'; each = content.read()) {
            line.write(each);
        }
        String password = line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", "");
        checkArgument(!password.isEmpty(), "the first line of %s is empty: the password is wanted there", name);
        return new PasswordSearch(jdbcUrl, environment, password, prompt);
    }

    /**
     * Asks a person if the server wants a password and there is none.
     *
     * @param ask such as {@code () -> System.console().readPassword("Password: ")}; it returns null or nothing for no
     *     password
     */
    public PasswordSearch orPrompt(Supplier<char @Nullable []> ask) {
        return new PasswordSearch(jdbcUrl, environment, given, Objects.requireNonNull(ask, "ask"));
    }

    /**
     * Asks at the terminal; without a terminal it asks nobody. An interrupt while it waits ends {@link #url()} with a {@link
     * MigrationException}.
     */
    public PasswordSearch orPrompt() {
        return orPrompt(() -> {
            try {
                return PatientRead.<char @Nullable []>of(() -> Terminal.secret("Password: "));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The URL with the password in it, only for {@code Migration.to(…)}: do not print it. */
    public String url() {
        if (PGProperty.PASSWORD.getOrNull(saidInUrl()) != null) {
            return jdbcUrl;
        }
        String found = given != null ? given : environment.get("PGPASSWORD");
        if (found != null && !found.isEmpty()) {
            return with(found);
        }
        // The driver looks into ~/.pgpass itself; the server asks for a password only if that has none.
        if (prompt == null || !isWanted()) {
            return jdbcUrl;
        }
        return Optional.ofNullable(prompt.get())
                .filter(typed -> typed.length > 0)
                .map(typed -> with(new String(typed)))
                .orElse(jdbcUrl);
    }

    /** What the URL itself says; the driver would add what the password file has. */
    private Properties saidInUrl() {
        Properties said = new Properties();
        int question = jdbcUrl.indexOf('?');
        if (question >= 0) {
            for (String option : jdbcUrl.substring(question + 1).split("&")) {
                int equals = option.indexOf('=');
                if (equals > 0) {
                    said.setProperty(option.substring(0, equals), option.substring(equals + 1));
                }
            }
        }
        return said;
    }

    private boolean isWanted() {
        try (Connection connection = new Driver().connect(jdbcUrl, new Properties())) {
            return connection == null;
        } catch (SQLException e) {
            return WANTED.equals(e.getSQLState());
        }
    }

    private String with(String password) {
        return jdbcUrl + (jdbcUrl.indexOf('?') < 0 ? "?" : "&") + "password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
    }
}
