/** Real applications, taken to PostgreSQL and back, and used on both as their users would. */
@org.jspecify.annotations.NullMarked
package dev.outgrow.examples.endtoend;
