/** What a command-line program needs around a migration. */
package dev.outgrow.command;
