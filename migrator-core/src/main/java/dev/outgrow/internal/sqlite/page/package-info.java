/** The database file as its format describes it: pages, the b-trees of tables, records. */
package dev.outgrow.internal.sqlite.page;
