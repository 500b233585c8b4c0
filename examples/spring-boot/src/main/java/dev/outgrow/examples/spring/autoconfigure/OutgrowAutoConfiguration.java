package dev.outgrow.examples.spring.autoconfigure;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import dev.outgrow.option.TargetSchema;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Puts the switchover in front of every start, for an app that says in {@code outgrow.file} where it began. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnProperty("outgrow.file")
@EnableConfigurationProperties(OutgrowProperties.class)
public class OutgrowAutoConfiguration {
    /** The switchover of the database that the settings name. */
    @Bean
    @ConditionalOnMissingBean
    Switchover outgrowSwitchover(
            DataSource dataSource, OutgrowProperties properties, ObjectProvider<MigrationCustomizer> customizers) {
        Migration migration = Migration.from(properties.path()).parallelism(properties.parallelism());
        if (NamedDatabase.of(dataSource, properties) == NamedDatabase.POSTGRES) {
            migration = migration.to(dataSource).into(TargetSchema.existing(properties.schema()));
        }
        for (MigrationCustomizer customizer : customizers.orderedStream().toList()) {
            migration = customizer.apply(migration);
        }
        return Switchover.of(migration);
    }

    @Bean
    StartupGate outgrowGate(Switchover switchover, OutgrowProperties properties) {
        return new StartupGate(switchover, properties);
    }

    @Bean
    StartupSwitch outgrowSwitch(Switchover switchover) {
        return new StartupSwitch(switchover);
    }
}
