package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.typemap.PgType;
import java.util.Collections;
import java.util.Optional;

/** {@code hex(randomblob(n))} and {@code randomblob(n)}, with nothing but PostgreSQL without extensions. */
final class RandomText {
    private static final int UUID_BYTES = 16;
    private static final int MAX_BYTES = 64;

    private RandomText() {}

    static void refuseWhereImmutable(boolean immutable) {
        if (immutable) {
            throw new UntranslatableException("it is random");
        }
    }

    /** The translation, if the call is one of them. */
    static Optional<Term> translate(Expression.FunctionCall call, boolean immutable) {
        if (call.name().names("randomblob")) {
            refuseWhereImmutable(immutable);
            return Optional.of(Term.call(
                    TermKind.BLOB,
                    PgType.BYTEA,
                    "decode({0}, 'hex')",
                    digits(bytes(call)).sql()));
        }
        if (call.name().names("hex")
                && call.arguments().size() == 1
                && call.arguments().get(0) instanceof Expression.FunctionCall inner
                && inner.name().names("randomblob")) {
            refuseWhereImmutable(immutable);
            return Optional.of(Term.call(
                    TermKind.TEXT,
                    PgType.TEXT,
                    "upper({0})",
                    digits(bytes(inner)).sql()));
        }
        return Optional.empty();
    }

    private static int bytes(Expression.FunctionCall call) {
        if (call.arguments().size() == 1
                && call.arguments().get(0) instanceof Expression.IntegerLiteral literal
                && literal.value() <= MAX_BYTES) {
            return (int) Math.max(1, literal.value());
        }
        throw new UntranslatableException("randomblob() of a length that is not a literal up to 64");
    }

    /**
     * Random hexadecimal digits; six bits of each UUID are fixed, so for few bytes only fully random ones are taken.
     */
    private static Term digits(int bytes) {
        String uuid = "replace(gen_random_uuid()::text, '-', '')";
        if (bytes <= 6) {
            return Term.call(TermKind.TEXT, PgType.TEXT, "substr(" + uuid + ", 1, " + 2 * bytes + ")");
        }
        int whole = (bytes + UUID_BYTES - 1) / UUID_BYTES;
        String all = String.join(" || ", Collections.nCopies(whole, uuid));
        return bytes % UUID_BYTES == 0
                ? Term.of(TermKind.TEXT, PgType.TEXT, whole == 1 ? Term.PRIMARY : Term.OTHER_OPERATOR, all)
                : Term.call(TermKind.TEXT, PgType.TEXT, "substr(" + all + ", 1, " + 2 * bytes + ")");
    }
}
