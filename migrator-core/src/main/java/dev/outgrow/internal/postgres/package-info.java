/** PostgreSQL's side: connections, names, the checks before the first write, and what a failure of the server means. */
package dev.outgrow.internal.postgres;
