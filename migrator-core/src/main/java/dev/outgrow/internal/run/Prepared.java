package dev.outgrow.internal.run;

import dev.outgrow.internal.plan.Blueprint;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.source.Snapshot;
import java.util.Map;

/**
 * A source that has been frozen, counted and planned: all that happens before the first write.
 *
 * @param snapshot the frozen source; whoever prepared it closes it
 * @param encoding of its text
 * @param census of each table that is migrated, by name
 * @param blueprint the plan
 */
record Prepared(Snapshot snapshot, TextEncoding encoding, Map<String, TableCensus> census, Blueprint blueprint) {}
