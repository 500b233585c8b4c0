package dev.outgrow.examples.quickstart;

import dev.outgrow.option.CreatedSchema;
import dev.outgrow.option.TargetSchema;

/** Tables that are made on a cluster of Citus, and where their rows lie. */
final class OnCitus {
    private OnCitus() {}

    static CreatedSchema schema() {
        // region README
        CreatedSchema schema = TargetSchema.created("public")
                .distributed("tenants", "id")
                .distributed("orders", "tenant_id")
                .colocatedWith("tenants")
                .reference("countries");
        // endregion
        return schema;
    }
}
