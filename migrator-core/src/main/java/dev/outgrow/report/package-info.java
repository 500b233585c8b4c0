/** What a migration did: phases, tables, what was accepted and what was proved. */
package dev.outgrow.report;
