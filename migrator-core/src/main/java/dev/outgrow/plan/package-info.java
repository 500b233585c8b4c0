/**
 * What a migration will do, before it does it: the plan, its notices and their remedies. Everything here is made by the library and
 * does not change.
 */
@CheckReturnValue
package dev.outgrow.plan;

import com.google.errorprone.annotations.CheckReturnValue;
