package dev.outgrow.plan;

import org.jspecify.annotations.Nullable;

/** A schema in which the migration makes the tables. Immutable. */
final class CreatedSchema extends TargetSchema {
    CreatedSchema(String name) {
        super(name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CreatedSchema that && name().equals(that.name());
    }

    @Override
    public int hashCode() {
        return name().hashCode();
    }

    @Override
    public String toString() {
        return "created schema " + name();
    }
}
