package dev.outgrow.typemap;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL type with its modifiers. Immutable; two are equal if PostgreSQL writes them alike.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype.html">PostgreSQL, "Data Types"</a>
 */
public final class PgType {
    /** What a type is at its root; a domain has the kind of its base type. More may be added. */
    public enum Kind {
        BOOLEAN("boolean", "bool"),
        SMALLINT("smallint", "int2"),
        INTEGER("integer", "int4"),
        BIGINT("bigint", "int8"),
        REAL("real", "float4"),
        DOUBLE_PRECISION("double precision", "float8"),
        NUMERIC("numeric", "numeric"),
        TEXT("text", "text"),
        VARCHAR("character varying", "varchar"),
        CHAR("character", "bpchar"),
        CITEXT("citext", "citext"),
        BYTEA("bytea", "bytea"),
        DATE("date", "date"),
        TIME("time", "time"),
        TIMESTAMP("timestamp", "timestamp"),
        TIMESTAMPTZ("timestamptz", "timestamptz"),
        INTERVAL("interval", "interval"),
        JSON("json", "json"),
        JSONB("jsonb", "jsonb"),
        UUID("uuid", "uuid"),
        INET("inet", "inet"),
        CIDR("cidr", "cidr"),
        MACADDR("macaddr", "macaddr"),
        /** An enum type of the target; its SQL name says which. */
        ENUM("enum", ""),
        /** An array; its element type says of what. */
        ARRAY("array", "");

        private final String sql;
        private final String typname;

        Kind(String sql, String typname) {
            this.sql = sql;
            this.typname = typname;
        }

        /**
         * The kind of a type that {@code pg_type} calls so; empty for the types of an application, for arrays, and for those that
         * have no kind here.
         *
         * @param typname such as {@code int8}
         */
        public static Optional<Kind> ofTypname(String typname) {
            return typname.isEmpty()
                    ? Optional.empty()
                    : Arrays.stream(values())
                            .filter(kind -> kind.typname.equals(typname))
                            .findFirst();
        }

        /** Whether it is a date, a time of day, or both. */
        public boolean isTemporal() {
            return switch (this) {
                case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
                case BOOLEAN,
                        SMALLINT,
                        INTEGER,
                        BIGINT,
                        REAL,
                        DOUBLE_PRECISION,
                        NUMERIC,
                        TEXT,
                        VARCHAR,
                        CHAR,
                        CITEXT,
                        BYTEA,
                        INTERVAL,
                        JSON,
                        JSONB,
                        UUID,
                        INET,
                        CIDR,
                        MACADDR,
                        ENUM,
                        ARRAY -> false;
            };
        }

        /** Whether it is a date, or has one beside a time of day. */
        public boolean hasDate() {
            return isTemporal() && this != TIME;
        }
    }

    public static final PgType BOOLEAN = new PgType(Kind.BOOLEAN);
    public static final PgType SMALLINT = new PgType(Kind.SMALLINT);
    public static final PgType INTEGER = new PgType(Kind.INTEGER);
    public static final PgType BIGINT = new PgType(Kind.BIGINT);
    public static final PgType REAL = new PgType(Kind.REAL);
    public static final PgType DOUBLE_PRECISION = new PgType(Kind.DOUBLE_PRECISION);
    public static final PgType NUMERIC = new PgType(Kind.NUMERIC);
    public static final PgType TEXT = new PgType(Kind.TEXT);
    public static final PgType CITEXT = new PgType(Kind.CITEXT);
    public static final PgType BYTEA = new PgType(Kind.BYTEA);
    public static final PgType DATE = new PgType(Kind.DATE);
    public static final PgType TIME = new PgType(Kind.TIME);
    public static final PgType TIMESTAMP = new PgType(Kind.TIMESTAMP);
    public static final PgType TIMESTAMPTZ = new PgType(Kind.TIMESTAMPTZ);
    public static final PgType INTERVAL = new PgType(Kind.INTERVAL);
    public static final PgType JSON = new PgType(Kind.JSON);
    public static final PgType JSONB = new PgType(Kind.JSONB);
    public static final PgType UUID = new PgType(Kind.UUID);
    public static final PgType INET = new PgType(Kind.INET);
    public static final PgType CIDR = new PgType(Kind.CIDR);
    public static final PgType MACADDR = new PgType(Kind.MACADDR);

    private final Kind kind;
    private final int first;
    private final int second;
    private final @Nullable String name;
    private final @Nullable PgType element;
    private final ImmutableSet<String> labels;
    private final @Nullable PgType carrier;

    private PgType(Kind kind) {
        this(kind, -1, -1, null, null);
    }

    private PgType(Kind kind, int first, int second, @Nullable String name, @Nullable PgType element) {
        this(kind, first, second, name, element, ImmutableSet.of(), null);
    }

    private PgType(
            Kind kind,
            int first,
            int second,
            @Nullable String name,
            @Nullable PgType element,
            ImmutableSet<String> labels,
            @Nullable PgType carrier) {
        this.labels = labels;
        this.carrier = carrier;
        this.kind = kind;
        this.first = first;
        this.second = second;
        this.name = name;
        this.element = element;
    }

    /**
     * The type, without modifiers, that {@code pg_type} calls so.
     *
     * @param typname such as {@code int8}
     * @return empty if {@link Kind#ofTypname} is
     */
    public static Optional<PgType> ofTypname(String typname) {
        return Kind.ofTypname(typname).map(PgType::new);
    }

    /**
     * {@code numeric(precision, scale)}.
     *
     * @param precision all digits, 1 to 1000
     * @param scale the digits after the point, 0 to {@code precision}
     * @throws IllegalArgumentException if a number is out of its range
     */
    public static PgType numeric(int precision, int scale) {
        checkArgument(precision >= 1 && precision <= 1000, "precision is %s; numeric takes 1 to 1000", precision);
        checkArgument(
                scale >= 0 && scale <= precision, "scale is %s; it takes 0 to the precision %s", scale, precision);
        return new PgType(Kind.NUMERIC, precision, scale, null, null);
    }

    /**
     * {@code character varying(length)}.
     *
     * @param length the most characters (code points), at least 1
     * @throws IllegalArgumentException if the length is below 1
     */
    public static PgType varchar(int length) {
        checkArgument(length >= 1, "length is %s; it takes at least 1", length);
        return new PgType(Kind.VARCHAR, length, -1, null, null);
    }

    /**
     * {@code character(length)}; PostgreSQL pads it with blanks.
     *
     * @param length the characters (code points), at least 1
     * @throws IllegalArgumentException if the length is below 1
     */
    public static PgType character(int length) {
        checkArgument(length >= 1, "length is %s; it takes at least 1", length);
        return new PgType(Kind.CHAR, length, -1, null, null);
    }

    /** {@code character varying} without a limit. */
    public static PgType varchar() {
        return new PgType(Kind.VARCHAR);
    }

    /**
     * A time type that keeps fewer than six digits of a second.
     *
     * @param kind TIME, TIMESTAMP, TIMESTAMPTZ or INTERVAL
     * @param digits 0 to 6
     * @throws IllegalArgumentException if the kind has no such modifier or the digits are out of range
     */
    public static PgType withFraction(Kind kind, int digits) {
        checkArgument(
                kind == Kind.TIME || kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMPTZ || kind == Kind.INTERVAL,
                "%s has no digits of a second",
                kind);
        checkArgument(digits >= 0 && digits <= 6, "digits is %s; it takes 0 to 6", digits);
        return new PgType(kind, digits, -1, null, null);
    }

    /**
     * An array, of one dimension or of more. An array whose element type has a different oid in every database (an enum, a domain,
     * citext) is sent as an array of the type at its root.
     *
     * @param element the type of its elements
     * @throws IllegalArgumentException if that is an array: to PostgreSQL arrays of all dimensions are one type
     */
    public static PgType arrayOf(PgType element) {
        checkArgument(element.kind != Kind.ARRAY, "%s is an array already", element);
        boolean numbered = element.name == null && element.kind != Kind.CITEXT;
        return numbered
                ? new PgType(Kind.ARRAY, -1, -1, null, element)
                : carried(element.sql() + "[]", arrayOf(element.root()));
    }

    /** The type in which its values are sent, without a name of its own. */
    private PgType root() {
        return switch (kind) {
            case ENUM, CITEXT -> TEXT;
            default -> carrier != null ? carrier.root() : new PgType(kind, first, second, null, element);
        };
    }

    /**
     * Any other type. Its values are sent as those of a type that this library writes, and PostgreSQL casts them from
     * it and back: {@code carried("xml", PgType.TEXT)}. A value that comes back as another one is a misfit.
     *
     * @param sqlName its name as SQL writes it, quoted and qualified if needed
     * @param carrier the type in which its values are sent
     */
    public static PgType carried(String sqlName, PgType carrier) {
        return new PgType(
                carrier.kind,
                carrier.first,
                carrier.second,
                Objects.requireNonNull(sqlName, "sqlName"),
                carrier.element,
                carrier.labels,
                carrier.carrier == null ? carrier : carrier.carrier);
    }

    /** The type in which its values are sent, if PostgreSQL casts them from it and back. */
    public Optional<PgType> carrier() {
        return Optional.ofNullable(carrier);
    }

    /**
     * An enum type or a domain of the target.
     *
     * @param sqlName its name as SQL writes it, quoted and qualified if needed
     * @param base what it is at its root: {@link Kind#ENUM}, or the kind under a domain
     */
    public static PgType named(String sqlName, PgType base) {
        return new PgType(
                base.kind,
                base.first,
                base.second,
                Objects.requireNonNull(sqlName, "sqlName"),
                base.element,
                base.labels,
                base.carrier);
    }

    /**
     * An enum type of the target.
     *
     * @param sqlName its name as SQL writes it, quoted and qualified if needed
     */
    public static PgType enumeration(String sqlName) {
        return new PgType(Kind.ENUM, -1, -1, Objects.requireNonNull(sqlName, "sqlName"), null);
    }

    /**
     * An enum type of the target whose labels are known, so that a census finds text that is none of them.
     *
     * @param sqlName its name as SQL writes it, quoted and qualified if needed
     * @param labels its labels
     */
    public static PgType enumeration(String sqlName, Collection<String> labels) {
        return new PgType(
                Kind.ENUM,
                -1,
                -1,
                Objects.requireNonNull(sqlName, "sqlName"),
                null,
                ImmutableSet.copyOf(Objects.requireNonNull(labels, "labels")),
                null);
    }

    /** Whether it is {@code time with time zone}, whose values are sent as text. */
    public boolean isTimeWithTimeZone() {
        return carrier != null && name != null && name.startsWith("time") && name.endsWith(" with time zone");
    }

    /** Whether it is {@code hstore}, in whatever schema its extension is: its values travel as text. */
    public boolean isHstore() {
        return carrier != null && name != null && (name.equals("hstore") || name.endsWith(".hstore"));
    }

    /** The labels of an enum; empty if they are not known. */
    public Set<String> labels() {
        return labels;
    }

    /** What the type is at its root. */
    public Kind kind() {
        return kind;
    }

    /** The most characters of a varchar or char; empty if there is no limit. */
    public OptionalInt length() {
        return (kind == Kind.VARCHAR || kind == Kind.CHAR) && first >= 0 ? OptionalInt.of(first) : OptionalInt.empty();
    }

    /** All digits of a numeric; empty if there is no limit. */
    public OptionalInt precision() {
        return kind == Kind.NUMERIC && first >= 0 ? OptionalInt.of(first) : OptionalInt.empty();
    }

    /** The digits after the point of a numeric; empty if there is no limit. */
    public OptionalInt scale() {
        return kind == Kind.NUMERIC && second >= 0 ? OptionalInt.of(second) : OptionalInt.empty();
    }

    /** The digits of a second that a time type keeps: 6 by default; empty for other types. */
    public OptionalInt fractionDigits() {
        return switch (kind) {
            case TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> OptionalInt.of(first < 0 ? 6 : first);
            default -> OptionalInt.empty();
        };
    }

    /** The element type of an array. */
    public Optional<PgType> element() {
        return Optional.ofNullable(element);
    }

    /** The type as SQL writes it, such as {@code numeric(10,2)}. */
    public String sql() {
        if (name != null) {
            return name;
        }
        if (element != null) {
            return element.sql() + "[]";
        }
        if (first < 0) {
            return kind.sql;
        }
        return kind.sql + (second < 0 ? "(" + first + ")" : "(" + first + "," + second + ")");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PgType that
                && kind == that.kind
                && first == that.first
                && second == that.second
                && Objects.equals(name, that.name)
                && Objects.equals(element, that.element)
                && labels.equals(that.labels)
                && Objects.equals(carrier, that.carrier);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, first, second, name, element, labels, carrier);
    }

    @Override
    public String toString() {
        return sql();
    }
}
