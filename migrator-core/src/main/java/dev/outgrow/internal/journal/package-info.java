/**
 * What the target remembers: which runs are under way and what they have done, what they reported, events, and who holds the lock.
 */
package dev.outgrow.internal.journal;
