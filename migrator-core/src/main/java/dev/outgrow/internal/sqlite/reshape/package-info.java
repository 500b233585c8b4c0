/** Tables whose rows a query of the caller's gives: looked at, made in a copy of the snapshot, and proven to be the query's. */
package dev.outgrow.internal.sqlite.reshape;
