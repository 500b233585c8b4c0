package dev.outgrow.examples.spring.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.ClassUtils;

/** Which database the settings name. A SQLite file is not opened for that, since opening makes one. */
enum NamedDatabase {
    SQLITE,
    POSTGRES;

    private static final String SQLITE_URL = "jdbc:sqlite:";
    private static final String URL_PROPERTY = "spring.datasource.url";

    static NamedDatabase of(DataSource dataSource, OutgrowProperties properties) {
        String url = url(dataSource);
        if (url.startsWith("jdbc:postgresql:")) {
            return POSTGRES;
        }
        if (!url.startsWith(SQLITE_URL)) {
            throw new InvalidConfigurationPropertyValueException(
                    URL_PROPERTY, scheme(url), "It names neither SQLite nor PostgreSQL.");
        }
        String file =
                url.substring(SQLITE_URL.length()).replaceFirst("\\?.*", "").replaceFirst("^file:", "");
        if (!Path.of(file).toAbsolutePath().normalize().equals(properties.path())) {
            throw new InvalidConfigurationPropertyValueException(
                    URL_PROPERTY, url, "It names another SQLite file than outgrow.file, " + properties.file() + ".");
        }
        return SQLITE;
    }

    /** As much of a URL as can hold no password. */
    private static String scheme(String url) {
        return url.replaceFirst("^((?:[a-z0-9]+:){1,2}).*", "$1…");
    }

    private static String url(DataSource dataSource) {
        if (ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource", NamedDatabase.class.getClassLoader())) {
            Optional<String> pooled = Hikari.url(dataSource);
            if (pooled.isPresent()) {
                return pooled.get();
            }
        }
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getURL();
        } catch (SQLException e) {
            throw new IllegalStateException("The DataSource does not say which database it names", e);
        }
    }

    /** Apart, since not every app has Hikari. */
    private static final class Hikari {
        static Optional<String> url(DataSource dataSource) {
            try {
                @Nullable
                HikariDataSource pool = dataSource.isWrapperFor(HikariDataSource.class)
                        ? dataSource.unwrap(HikariDataSource.class)
                        : null;
                return pool == null ? Optional.empty() : Optional.ofNullable(pool.getJdbcUrl());
            } catch (SQLException e) {
                return Optional.empty();
            }
        }
    }
}
