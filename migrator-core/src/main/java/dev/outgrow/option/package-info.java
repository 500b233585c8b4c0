/** What a caller passes to a migration: which schema receives the rows, where the backup is kept, what seeded rows are. */
package dev.outgrow.option;
