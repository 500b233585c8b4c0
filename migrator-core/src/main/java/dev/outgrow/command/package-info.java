/** What a program needs around a migration that people start on a command line. */
package dev.outgrow.command;
