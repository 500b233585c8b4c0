package dev.outgrow.examples.spring.notes;

import dev.outgrow.examples.spring.autoconfigure.MigrationCustomizer;
import dev.outgrow.typemap.TypeRules;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The app. */
@SpringBootApplication
public class NotesApplication {
    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(NotesApplication.class, arguments);
    }

    // region README
    @Bean
    MigrationCustomizer notesMigration() {
        return migration ->
                migration.typeRules(TypeRules.standard().column("note", "made").unixMilliseconds());
    }
    // endregion
}
