/** The way back: a SQLite file that begins as the frozen backup and gets what PostgreSQL has got since. */
package dev.outgrow.internal.wayback;
