package dev.outgrow.option;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL schema that receives the data, and who makes its tables. Immutable. */
public abstract sealed class TargetSchema permits CreatedSchema, ExistingSchema {
    private final String name;

    TargetSchema(String name) {
        Objects.requireNonNull(name, "name");
        checkArgument(!name.isEmpty(), "the name of the schema is empty");
        checkArgument(
                !name.startsWith("pg_") && !name.equals("information_schema"),
                "schema %s belongs to PostgreSQL itself; give one for the application, such as public",
                name);
        checkArgument(
                !name.equals("outgrow") && !name.startsWith("outgrow_staging_"),
                "schema %s is where the migration keeps its own books; give another one",
                name);
        this.name = name;
    }

    /**
     * A schema in which the migration makes the tables. It may exist and hold other tables, but nothing under the names
     * that the SQLite database has; it is made if it does not exist.
     *
     * @param name the schema's name, unquoted, in the case it has
     * @throws IllegalArgumentException if the name is empty, or belongs to a schema of the server or of this library
     */
    public static CreatedSchema created(String name) {
        return new CreatedSchema(name);
    }

    /**
     * A schema whose tables the app's own migrations made. Their columns say what the values become: tables and columns
     * are matched by name, exactly or else without regard to case. Afterwards constraints, indexes and triggers are
     * what they were before, and sequences continue after the data.
     *
     * <pre>{@code
     * Migration.from(file).to(postgres)
     *         .into(TargetSchema.existing("public").preparedBy(dataSource ->
     *                 Flyway.configure().dataSource(dataSource).load().migrate()))
     *         .run();
     * }</pre>
     *
     * @param name the schema's name, unquoted, in the case it has
     * @throws IllegalArgumentException if the name is empty, or belongs to a schema of the server or of this library
     */
    public static ExistingSchema existing(String name) {
        return new ExistingSchema(name);
    }

    /** The schema's name, unquoted. */
    public String name() {
        return name;
    }

    @Override
    public abstract boolean equals(@Nullable Object other);

    @Override
    public abstract int hashCode();
}
