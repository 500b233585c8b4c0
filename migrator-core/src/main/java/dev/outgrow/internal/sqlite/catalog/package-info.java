/** What a SQLite database declares: its tables and everything about them, its views, triggers and virtual tables. */
package dev.outgrow.internal.sqlite.catalog;
