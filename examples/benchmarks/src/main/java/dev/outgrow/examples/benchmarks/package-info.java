/** What Outgrow's speed is measured with. */
@NullMarked
package dev.outgrow.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
