/**
 * Proves translated expressions with the data: each is evaluated in both databases, and the results are compared in
 * SQLite's terms. Begin at {@code ExpressionProof}, {@code DefaultProof} and {@code ViewProof}.
 *
 * <p>A <em>proof</em> is about a result of ours: an expression here, a value in {@code typemap.internal.decode}, the
 * catalog of the target in {@code validate.internal}. If the result is not equal, it is a notice or a difference.
 */
package dev.outgrow.internal.proof;
