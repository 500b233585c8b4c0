package dev.outgrow.report;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of one of the app's own tests of its new database. Made by the library; use the accessors.
 *
 * @param name as the caller called it
 * @param time how long it took; empty if it was not called, because the rehearsal must leave nothing behind
 */
public record SmokeTestResult(String name, Optional<Duration> time) {}
