package dev.outgrow.plan;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Objects;

/** The PostgreSQL schema that receives the data, and who makes its tables. Immutable. */
public final class TargetSchema {
    private final String name;

    private TargetSchema(String name) {
        Objects.requireNonNull(name, "name");
        checkArgument(!name.isEmpty(), "the name of the schema is empty");
        this.name = name;
    }

    /**
     * A schema in which the migration makes the tables. It may exist, with other tables in it, but none of the names that
     * the SQLite database has; it is made if it does not exist.
     *
     * @param name the schema's name, unquoted, in the case it has
     * @throws IllegalArgumentException where the name is empty
     */
    public static TargetSchema created(String name) {
        return new TargetSchema(name);
    }

    /** The schema's name, unquoted. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return "created schema " + name;
    }
}
