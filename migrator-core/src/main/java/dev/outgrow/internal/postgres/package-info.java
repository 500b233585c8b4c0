/**
 * PostgreSQL's side: sessions and their settings, names and quoting, the checks before the first write, what other
 * sessions do to the tables meanwhile, room on disk, and the meaning of the server's failures.
 */
package dev.outgrow.internal.postgres;
