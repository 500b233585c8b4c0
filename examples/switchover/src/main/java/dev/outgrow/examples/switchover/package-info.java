/** An app that asks at every start which database is the right one. */
@org.jspecify.annotations.NullMarked
package dev.outgrow.examples.switchover;
