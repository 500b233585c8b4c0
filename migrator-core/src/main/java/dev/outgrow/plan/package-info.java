/** What a migration will do, before it does it: the plan and its notices. */
package dev.outgrow.plan;
