package dev.outgrow.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests over a folder of real data that stands beside the checkout, since the repository does not hold it. They are
 * {@link Thorough}; if the folder is not there, they are skipped and reported as skipped.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Thorough
@ExtendWith(SharedFolder.IsThere.class)
public @interface NeedsShared {
    /** The name of the folder. */
    String value();
}
