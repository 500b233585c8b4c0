/**
 * The comparison itself: row streams of both databases in the order of their keys, multisets of rows for tables without one,
 * and what the target's catalog must say. It reads both databases on its own and shares nothing with the code that wrote.
 */
package dev.outgrow.validate.internal;
