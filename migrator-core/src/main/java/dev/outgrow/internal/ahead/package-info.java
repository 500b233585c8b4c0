/**
 * A copy made ahead of a switch: how it is brought to the state of the source that is frozen. Nothing here publishes anything, and
 * what is brought up is compared afterwards like any other load.
 */
@org.jspecify.annotations.NullMarked
package dev.outgrow.internal.ahead;
