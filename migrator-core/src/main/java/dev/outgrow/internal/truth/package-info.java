/** Which database is the right one: the marker beside the file, the events of the journal, what follows from both. */
package dev.outgrow.internal.truth;
