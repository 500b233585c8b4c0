/** Searches after the census: for keys that become equal, orphans and broken rows. */
package dev.outgrow.internal.sqlite.search;
