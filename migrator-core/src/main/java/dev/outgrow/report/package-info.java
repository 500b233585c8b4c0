/**
 * What a migration did, or did as a trial: phases, tables, what was accepted, what was proved, and what it took. Everything here is made
 * by the library and does not change.
 */
@CheckReturnValue
package dev.outgrow.report;

import com.google.errorprone.annotations.CheckReturnValue;
