/**
 * Whether a PostgreSQL database holds what a SQLite database held: checks, and the report of a comparison.
 *
 * <p>A <em>comparison</em> is ours: every value of a table, both sides. A <em>check</em> is the app's own: a question that is asked of both
 * databases.
 */
@CheckReturnValue
package dev.outgrow.validate;

import com.google.errorprone.annotations.CheckReturnValue;
