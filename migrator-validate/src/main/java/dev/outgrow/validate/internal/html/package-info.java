/** One self-contained HTML file for people: made of small sections, with its style and its script inside, asking nobody for anything. */
package dev.outgrow.validate.internal.html;
