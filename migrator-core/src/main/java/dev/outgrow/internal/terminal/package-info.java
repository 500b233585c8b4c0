/** The terminal that the process talks to. */
package dev.outgrow.internal.terminal;
