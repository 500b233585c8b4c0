/** Later searches among rows that the census has counted: keys that merge, orphans and broken rows. */
package dev.outgrow.internal.sqlite.search;
