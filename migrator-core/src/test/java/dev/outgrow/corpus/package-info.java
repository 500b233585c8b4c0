/** Whole migrations of real applications' files. */
@NullMarked
package dev.outgrow.corpus;

import org.jspecify.annotations.NullMarked;
