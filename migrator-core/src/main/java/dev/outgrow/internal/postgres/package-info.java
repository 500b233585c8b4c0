/** PostgreSQL's side: connections, names, the checks before the first write, and the statements that make the schema. */
package dev.outgrow.internal.postgres;
