/**
 * What a SQLite value becomes in PostgreSQL: declared types, affinities, the census of a column, the rules that choose a
 * type, and the mapping they choose. Declarations only, immutable and safe to share between threads; the code that
 * carries them out is internal and comes in two halves that do not know each other, one that writes and one that proves.
 */
@CheckReturnValue
package dev.outgrow.typemap;

import com.google.errorprone.annotations.CheckReturnValue;
