/** What a migration throws: one exception with a reason to switch on and a remedy to read. */
@CheckReturnValue
package dev.outgrow.exception;

import com.google.errorprone.annotations.CheckReturnValue;
