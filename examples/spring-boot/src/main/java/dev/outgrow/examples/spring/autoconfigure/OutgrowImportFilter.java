package dev.outgrow.examples.spring.autoconfigure;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Lets Spring Boot's own auto-configurations for jOOQ and Gson sleep: Outgrow brings the two libraries along for itself. An app that
 * uses them says so with {@code outgrow.app-uses-jooq=true} and {@code outgrow.app-uses-gson=true}.
 */
final class OutgrowImportFilter implements AutoConfigurationImportFilter, EnvironmentAware {
    private static final Set<String> JOOQ = Set.of(
            "org.springframework.boot.autoconfigure.jooq.JooqAutoConfiguration",
            "org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration");
    private static final Set<String> GSON = Set.of(
            "org.springframework.boot.autoconfigure.gson.GsonAutoConfiguration",
            "org.springframework.boot.gson.autoconfigure.GsonAutoConfiguration");

    private boolean keepsJooq;
    private boolean keepsGson;

    @Override
    public void setEnvironment(Environment environment) {
        keepsJooq = environment.getProperty("outgrow.app-uses-jooq", Boolean.class, false);
        keepsGson = environment.getProperty("outgrow.app-uses-gson", Boolean.class, false);
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurationClasses, AutoConfigurationMetadata metadata) {
        boolean[] kept = new boolean[autoConfigurationClasses.length];
        for (int i = 0; i < kept.length; i++) {
            String name = autoConfigurationClasses[i];
            kept[i] = name == null || ((keepsJooq || !JOOQ.contains(name)) && (keepsGson || !GSON.contains(name)));
        }
        return kept;
    }
}
