package dev.outgrow.validate.internal;

import java.sql.Connection;

/** One connection to each database, used by one thread at a time. */
record Lane(Connection sqlite, Connection postgres) {}
