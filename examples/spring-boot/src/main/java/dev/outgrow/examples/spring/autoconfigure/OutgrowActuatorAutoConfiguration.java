package dev.outgrow.examples.spring.autoconfigure;

import dev.outgrow.Switchover;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Health and an endpoint, for an app that has the actuator. */
@AutoConfiguration(after = OutgrowAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(Switchover.class)
public class OutgrowActuatorAutoConfiguration {
    @Bean
    SwitchoverHealth outgrowHealthIndicator(Switchover switchover) {
        return new SwitchoverHealth(switchover);
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    SwitchoverEndpoint outgrowEndpoint(Switchover switchover) {
        return new SwitchoverEndpoint(switchover);
    }
}
