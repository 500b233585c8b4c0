package dev.outgrow.option;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A schema in which the migration makes the tables. Immutable: every option returns a new one. Made by {@link
 * TargetSchema#created(String)}.
 */
@CheckReturnValue
public final class CreatedSchema extends TargetSchema {
    private final boolean collateC;

    CreatedSchema(String name) {
        this(name, false);
    }

    private CreatedSchema(String name, boolean collateC) {
        super(name);
        this.collateC = collateC;
    }

    /**
     * Declares every column of text {@code COLLATE "C"}: {@code ORDER BY}, {@code <} and {@code max()} then compare byte by byte,
     * as SQLite does, and an index serves {@code LIKE 'abc%'}. By default the columns have the collation of the database, which
     * orders as people of some country do; a notice says so where it differs.
     */
    public CreatedSchema collateC() {
        return new CreatedSchema(name(), true);
    }

    /** Whether the columns of text are declared {@code COLLATE "C"}. */
    public boolean isCollateC() {
        return collateC;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CreatedSchema that && name().equals(that.name()) && collateC == that.collateC;
    }

    @Override
    public int hashCode() {
        return Objects.hash(name(), collateC);
    }

    @Override
    public String toString() {
        return "created schema " + name() + (collateC ? ", COLLATE \"C\"" : "");
    }
}
