package dev.outgrow.report;

import java.util.OptionalLong;

/**
 * What a migration takes on the disks. Made by the library; use the accessors.
 *
 * @param tableBytes of the tables in PostgreSQL, their TOAST tables included
 * @param indexBytes of their indexes
 * @param walBytes of the write-ahead log that was written meanwhile, by this and by everything else on the server;
 *     empty if the server does not say
 * @param backupBytes of the frozen copy of the source
 */
public record Room(long tableBytes, long indexBytes, OptionalLong walBytes, long backupBytes) {}
