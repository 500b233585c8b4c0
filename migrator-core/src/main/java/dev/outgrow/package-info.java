/**
 * The facades, and nothing else: {@link dev.outgrow.Migration} moves a database, {@link dev.outgrow.Switchover} says which one is right.
 */
package dev.outgrow;
