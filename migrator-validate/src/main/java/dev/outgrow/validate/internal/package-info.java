/**
 * The comparison itself: row streams of both databases in the order of their keys, and multisets of rows for tables without one.
 * It reads both databases on its own and shares nothing with the code that wrote.
 */
package dev.outgrow.validate.internal;
