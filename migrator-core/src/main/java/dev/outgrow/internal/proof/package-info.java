/**
 * Holds translated expressions against the data: each is evaluated in both databases, and what comes out is compared in
 * SQLite's terms. Begin at {@code ExpressionProof}, {@code DefaultProof} and {@code ViewProof}.
 *
 * <p>A <em>proof</em> is about what we made of something: an expression here, a value in {@code typemap.internal.decode}, the catalog of the
 * target in {@code validate.internal}. It must come out alike, else it is a notice or a difference.
 */
package dev.outgrow.internal.proof;
