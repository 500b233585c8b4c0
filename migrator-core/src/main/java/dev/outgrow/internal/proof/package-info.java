/**
 * Holds translated expressions against the data: each is evaluated in both databases, and what comes out is compared in
 * SQLite's terms. Begin at {@code ExpressionProof}, {@code DefaultProof} and {@code ViewProof}.
 */
package dev.outgrow.internal.proof;
