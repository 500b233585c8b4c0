/** Tests of what a validation reports. */
@org.jspecify.annotations.NullMarked
package dev.outgrow.validate;
