package dev.outgrow.command;

import dev.outgrow.typemap.PgType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A type of PostgreSQL as a person writes it: {@code numeric(10, 2)}, {@code bigint}, {@code int8}, {@code text[]}. */
final class TypeText {
    static final String EXAMPLES =
            "text, bigint, numeric, numeric(10,2), boolean, double precision, timestamptz, timestamp(3), date,"
                    + " time, uuid, jsonb, bytea, varchar(20), text[] and so on";

    private static final Pattern TYPE =
            Pattern.compile("([a-z][a-z0-9_ ]*?)\\s*(?:\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\))?\\s*(\\[\\])?");

    private static final List<PgType> PLAIN = List.of(
            PgType.BOOLEAN,
            PgType.SMALLINT,
            PgType.INTEGER,
            PgType.BIGINT,
            PgType.REAL,
            PgType.DOUBLE_PRECISION,
            PgType.NUMERIC,
            PgType.TEXT,
            PgType.varchar(),
            PgType.CITEXT,
            PgType.BYTEA,
            PgType.DATE,
            PgType.TIME,
            PgType.TIMESTAMP,
            PgType.TIMESTAMPTZ,
            PgType.INTERVAL,
            PgType.JSON,
            PgType.JSONB,
            PgType.UUID,
            PgType.INET,
            PgType.CIDR,
            PgType.MACADDR);

    private TypeText() {}

    /**
     * The type.
     *
     * @throws IllegalArgumentException if the text is not a type
     */
    static PgType read(String text) {
        Matcher parts = TYPE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        String name = parts.group(1)
                .replaceAll("[_\\s]+", " ")
                .replace(" without time zone", "")
                .replace("timestamp with time zone", "timestamptz");
        PgType type = parts.group(2) == null
                ? plain(name)
                : sized(
                        name,
                        Integer.parseInt(parts.group(2)),
                        parts.group(3) == null ? -1 : Integer.parseInt(parts.group(3)));
        return parts.group(4) == null ? type : PgType.arrayOf(type);
    }

    private static PgType plain(String name) {
        return PLAIN.stream()
                .filter(type -> type.sql().equals(name)
                        || type.kind()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', ' ')
                                .equals(name))
                .findFirst()
                .or(() -> PgType.ofTypname(name))
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    private static PgType sized(String name, int first, int second) {
        if (name.equals("numeric") || name.equals("decimal")) {
            return PgType.numeric(first, Math.max(second, 0));
        }
        if (second >= 0) {
            throw new IllegalArgumentException(name);
        }
        return switch (name) {
            case "varchar", "character varying" -> PgType.varchar(first);
            case "char", "character" -> PgType.character(first);
            default -> PgType.withFraction(plain(name).kind(), first);
        };
    }
}
