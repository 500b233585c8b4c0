/**
 * What every package needs to write for people: ids of notices, patterns of names, amounts, plurals, lines of text,
 * Java literals.
 */
package dev.outgrow.typemap.internal.text;
