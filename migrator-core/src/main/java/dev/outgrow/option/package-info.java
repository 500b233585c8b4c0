/**
 * What a caller passes to a migration: which schema receives the rows, where the backup is kept, what becomes of orphans and of seeded
 * rows. Every option returns a new object.
 */
@CheckReturnValue
package dev.outgrow.option;

import com.google.errorprone.annotations.CheckReturnValue;
