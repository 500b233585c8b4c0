/** The workshop of both wings: the options of a migration, its progress, its threads and connections, and the census. */
package dev.outgrow.internal.work;
