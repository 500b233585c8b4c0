/** Declared types, taken apart as SQLite's parser reads them. */
package dev.outgrow.typemap.internal.declared;
