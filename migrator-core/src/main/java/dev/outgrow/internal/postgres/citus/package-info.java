/**
 * What is otherwise if the server is a coordinator of Citus: tables that lie on other servers, and sequences that no ALTER SEQUENCE
 * changes. Tried on Citus 13.0.5 with PostgreSQL 15.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_metadata.html">Citus, "Citus tables and views"</a>
 */
@NullMarked
package dev.outgrow.internal.postgres.citus;

import org.jspecify.annotations.NullMarked;
