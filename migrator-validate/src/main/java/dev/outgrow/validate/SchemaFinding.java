package dev.outgrow.validate;

import java.util.Objects;

/**
 * Something of the target's schema that is not as it must be. Immutable; made by the library, use the accessors.
 *
 * @param id {@code kind:subject}, such as {@code identity:users.id} or {@code constraint:orders.orders_user_fkey}
 * @param message what is wrong, in a sentence; never with a row's value
 */
public record SchemaFinding(String id, String message) {
    public SchemaFinding {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(message, "message");
    }
}
