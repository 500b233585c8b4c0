/** Later searches among rows that the census has counted: keys that merge, orphans, broken rows, large rows. */
package dev.outgrow.internal.sqlite.search;
