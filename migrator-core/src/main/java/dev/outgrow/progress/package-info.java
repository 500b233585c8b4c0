/** What a migration tells while it works. */
package dev.outgrow.progress;
