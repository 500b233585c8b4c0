/** A command line around a migration: check, rehearse, switch, and back. */
@org.jspecify.annotations.NullMarked
package dev.outgrow.examples.command;
