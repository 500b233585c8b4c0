/** What a migration will do, before it does it: the target's schema, the backup, the plan and its notices. */
package dev.outgrow.plan;
