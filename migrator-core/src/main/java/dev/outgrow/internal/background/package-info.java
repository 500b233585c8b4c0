/** Work that a thread of its own does while the caller goes on. */
package dev.outgrow.internal.background;
