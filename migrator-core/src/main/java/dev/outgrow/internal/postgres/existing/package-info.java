/**
 * What a schema that the app's own migrations made contains, and how it is set aside during a load and restored as it
 * was.
 */
package dev.outgrow.internal.postgres.existing;
