/** What a migration tells while it works, and a console that shows it. */
package dev.outgrow.progress;
