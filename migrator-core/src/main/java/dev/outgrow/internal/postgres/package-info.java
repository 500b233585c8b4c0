/**
 * PostgreSQL's side: its sessions and what they are set to, names and how they are quoted, the checks before the first write, what other
 * sessions do to the tables meanwhile, the room on its disks, and what a failure of the server means.
 */
package dev.outgrow.internal.postgres;
