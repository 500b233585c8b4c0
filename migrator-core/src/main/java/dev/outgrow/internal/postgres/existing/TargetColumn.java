package dev.outgrow.internal.postgres.existing;

import dev.outgrow.typemap.PgType;
import java.util.List;
import java.util.Optional;

/**
 * A column of the target. Immutable.
 *
 * @param name its name, unquoted
 * @param typeName the type as SQL writes it, with its modifiers
 * @param baseName the same for the type under a domain; for other types their own name
 * @param type the type
 * @param domainChecks the CHECKs of a domain on {@code VALUE}, as SQL writes them
 * @param notNull whether it refuses NULL, by itself or by its domain
 * @param generated whether PostgreSQL computes it
 * @param expression the default, or what a generated column is computed from, as SQL writes it
 * @param identity whether it is an identity column
 * @param sequence the sequence that fills it: the one that its default names, or its own, as SQL writes it
 * @param idleSequence the sequence that belongs to it while another fills it
 * @param collation of the column if it differs from that of its type, as SQL writes it
 */
public record TargetColumn(
        String name,
        String typeName,
        String baseName,
        PgType type,
        List<String> domainChecks,
        boolean notNull,
        boolean generated,
        Optional<String> expression,
        boolean identity,
        Optional<String> sequence,
        Optional<String> idleSequence,
        Optional<String> collation) {
    /** Whether an INSERT that does not name the column fills it. */
    public boolean filled() {
        return generated || identity || expression.isPresent() || !notNull;
    }

    /** Whether its values are integers of any width. */
    public boolean holdsIntegers() {
        PgType.Kind kind = type.kind();
        return kind == PgType.Kind.SMALLINT || kind == PgType.Kind.INTEGER || kind == PgType.Kind.BIGINT;
    }

    /** Whether its values name large objects, which hold the content: {@code oid}, or a domain over it such as {@code lo}. */
    public boolean namesLargeObjects() {
        return baseName.equals("oid");
    }
}
