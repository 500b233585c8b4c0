/** What a plan decided: the statements that make each table and view, and the script that shows them to a person. */
package dev.outgrow.internal.blueprint;
