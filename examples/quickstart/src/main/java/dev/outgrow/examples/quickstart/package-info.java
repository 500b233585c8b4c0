/** The quickstart: makes a small app database, or takes yours, and moves it to PostgreSQL. */
package dev.outgrow.examples.quickstart;
