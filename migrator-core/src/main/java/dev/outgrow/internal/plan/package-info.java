/** The decisions: names, types and notices, made from the catalog and the census before the first write. */
package dev.outgrow.internal.plan;
