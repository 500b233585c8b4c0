package dev.outgrow.examples.spring.autoconfigure;

import dev.outgrow.Switchover;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The status of the switchover as JSON, at {@code /actuator/outgrow}. On PostgreSQL it compares all values, so that it is for people
 * and not for a probe. It has no operation that writes.
 *
 * @param switchover who knows
 */
@Endpoint(id = "outgrow")
record SwitchoverEndpoint(Switchover switchover) {
    /** The status now. */
    @ReadOperation(produces = "application/json")
    String status() {
        return switchover.status().toJson();
    }
}
