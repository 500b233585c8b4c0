/** The order of the phases, and the workers that carry them out. */
package dev.outgrow.internal.run;
