/** Whether a PostgreSQL database holds what a SQLite database held: checks, and the report of a comparison. */
package dev.outgrow.validate;
