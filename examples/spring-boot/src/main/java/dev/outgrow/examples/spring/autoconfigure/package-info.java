/**
 * The auto-configuration: to be lifted out whole, with the two files in {@code META-INF}. It works with Spring Boot 3.5 and 4.
 *
 * <p>Before Flyway or Hibernate touch a database, {@link dev.outgrow.examples.spring.autoconfigure.StartupGate} asks which one is the
 * right one. After Flyway, {@link dev.outgrow.examples.spring.autoconfigure.StartupSwitch} switches if the settings allow it. Whatever
 * reads the database waits for both.
 */
@org.jspecify.annotations.NullMarked
package dev.outgrow.examples.spring.autoconfigure;
