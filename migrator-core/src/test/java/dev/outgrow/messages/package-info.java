/** Reads what the library says to people, in every test, for slips that nobody sees while writing. */
package dev.outgrow.messages;
