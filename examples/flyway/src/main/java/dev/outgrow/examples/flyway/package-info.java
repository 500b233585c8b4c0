/** An app whose Flyway migrations make its schema in both databases. */
@org.jspecify.annotations.NullMarked
package dev.outgrow.examples.flyway;
