/** What a migration throws: one exception with a reason to switch on and a remedy to read. */
package dev.outgrow.exception;
