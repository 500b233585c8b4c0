/** What is compared, and what the target's catalog must say about it. It asks the catalog itself. */
package dev.outgrow.validate.internal.catalog;
