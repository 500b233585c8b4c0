/** What is in a schema that the app's own migrations made, and how it is set aside during a load and put back as it was. */
package dev.outgrow.internal.postgres.existing;
