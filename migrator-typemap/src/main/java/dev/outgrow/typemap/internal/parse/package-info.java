/**
 * Text parsed byte by byte, without a String: for the census and for the half that writes; the half that proves has its
 * own.
 */
package dev.outgrow.typemap.internal.parse;
