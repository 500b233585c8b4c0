package dev.outgrow.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Integration tests that {@code mvn verify} leaves out and {@code mvn verify -Pthorough} takes too: those that need data beside the
 * checkout ({@link NeedsShared} says which), make random inputs by the round, kill or restart processes again and again, or take more than ten seconds.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag("thorough")
public @interface Thorough {}
