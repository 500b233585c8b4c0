/**
 * What {@link dev.outgrow.Switchover} says: which database is the right one, what was written late, what going back costs.
 */
@CheckReturnValue
package dev.outgrow.switchover;

import com.google.errorprone.annotations.CheckReturnValue;
