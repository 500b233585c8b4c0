/** An app that keeps notes, with Flyway, JPA and Hikari. It does not know on which database it runs. */
@org.jspecify.annotations.NullMarked
package dev.outgrow.examples.spring.notes;
