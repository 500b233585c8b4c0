/** The planners: they decide names, types and statements, from the catalog and the census before the first write. */
package dev.outgrow.internal.plan;
