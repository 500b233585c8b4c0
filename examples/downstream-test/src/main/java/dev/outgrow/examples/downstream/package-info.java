/** An app that keeps tasks, and what it says of its own data when it moves them. */
@org.jspecify.annotations.NullMarked
package dev.outgrow.examples.downstream;
