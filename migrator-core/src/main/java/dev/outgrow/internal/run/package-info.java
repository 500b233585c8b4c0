/**
 * The order of things: the lock, the snapshot, what the journal knows, and which of the two wings carries the plan out.
 *
 * <p>Most apps have a few megabytes, and for them a run is the start of a JVM. What keeps that small, each measured with the whole
 * cold process of an eleven-table database, and to be kept when something is added before, or on the way of, every run:
 *
 * <ul>
 *   <li>What only some databases need is not loaded: jOOQ only for a query that calls itself ({@code Rendering}), the translator only
 *       if there is something to translate ({@code PlainText}); {@code StartUpIT} looks at the loaded classes. jOOQ alone would be a
 *       quarter of the processor time.
 *   <li>SQLite's library is unpacked on the side while the server is connected to ({@code DriverLoading}).
 *   <li>A JVM makes classes for each shape of a string that is put together ({@code -XDstringConcat=inline} in the pom has the compiler
 *       do it: 7 %), for {@code equals}, {@code hashCode} and {@code toString} of a record that are called at all (20 ms for the first;
 *       those on the way of every run are written out), and for interfaces that are implemented by a {@code Proxy} (those of
 *       JDBC have hundreds of methods: 4 %; see {@code PulsingConnection}).
 *   <li>Each lambda is a class, too: a loop where there is a choice.
 *   <li>A report is written by {@code JsonLines}, not by Gson, and no formatter or parser of times is on the way: 220 classes.
 *   <li>A session of the server costs it a process: one is opened only for something to ask, the first two become those of the lock
 *       and of the trials, and those that make the tables load them. One that was made from a URL is set up by one request.
 *   <li>What many tables need is asked and said for many at once ({@code CatalogAnswers}, {@code Staging.executeAll}; {@code
 *       StartUpIT} counts the requests). For each new index the server syncs a file: what is only tried is temporary.
 * </ul>
 */
package dev.outgrow.internal.run;
