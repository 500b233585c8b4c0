/** Quarkus. */
@org.jspecify.annotations.NullMarked
package dev.outgrow.examples.frameworks.quarkus;
