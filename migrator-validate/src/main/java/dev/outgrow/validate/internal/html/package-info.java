/**
 * One self-contained HTML file for people: made of small sections, with its style and its script inside, and without
 * network access.
 */
package dev.outgrow.validate.internal.html;
