package dev.outgrow.examples.spring.autoconfigure;

import java.util.Set;
import org.springframework.boot.sql.init.dependency.AbstractBeansOfTypeDatabaseInitializerDetector;

/** Puts the gate before Flyway, whose order is 1. */
final class StartupGateDetector extends AbstractBeansOfTypeDatabaseInitializerDetector {
    @Override
    protected Set<Class<?>> getDatabaseInitializerBeanTypes() {
        return Set.of(StartupGate.class);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
