package dev.outgrow.examples.spring.autoconfigure;

import dev.outgrow.Migration;
import java.util.function.UnaryOperator;

/** A bean with the app's own options of the migration: its type rules, what it accepts, its checks and smoke tests. */
@FunctionalInterface
public interface MigrationCustomizer extends UnaryOperator<Migration> {}
