/** Tests of the comparison, with real databases that are damaged on purpose. */
@org.jspecify.annotations.NullMarked
package dev.outgrow.validate.internal;
