/** Notices: how they are written and collected, which of them the caller accepted, and those that no planner is needed for. */
package dev.outgrow.internal.notice;
