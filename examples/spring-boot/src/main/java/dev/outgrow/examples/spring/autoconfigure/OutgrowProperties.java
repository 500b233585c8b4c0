package dev.outgrow.examples.spring.autoconfigure;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The settings.
 *
 * @param file the SQLite file in which the app began; to be left there once it runs on PostgreSQL, so that late writes are found
 * @param onStartup what to do if the settings name PostgreSQL and the data is still in the file
 * @param schema the schema of PostgreSQL in which the app's migrations make its tables
 * @param parallelism connections on each side; the pool must be able to give two more
 */
@ConfigurationProperties("outgrow")
public record OutgrowProperties(
        String file,
        @DefaultValue("refuse") OnStartup onStartup,
        @DefaultValue("public") String schema,
        @DefaultValue("1") int parallelism) {
    /** What to do if a migration is due. */
    public enum OnStartup {
        /** Not to start, and to say how the switch is made. */
        REFUSE,
        /** To switch, and to start once it worked. */
        RUN
    }

    /** Refuses an empty file name. */
    public OutgrowProperties {
        if (file.isBlank()) {
            throw new InvalidConfigurationPropertyValueException(
                    "outgrow.file", file, "It is empty: name the SQLite file in which the app began.");
        }
    }

    Path path() {
        return Path.of(file).toAbsolutePath().normalize();
    }
}
