package dev.outgrow.validate.internal;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table with a column for each type and representation, the same values as literals of both databases, and what each of them
 * may be damaged to: every damage is a value that a careless comparison takes for the same.
 */
final class EveryType {
    /**
     * One column.
     *
     * @param name its name
     * @param declared its declared type in SQLite
     * @param type its type in PostgreSQL
     * @param representation how SQLite holds the value
     * @param sqlite the value as SQLite's SQL writes it
     * @param postgres the value as PostgreSQL's SQL writes it
     * @param damages other values, as PostgreSQL's SQL writes them
     */
    record Column(
            String name,
            String declared,
            PgType type,
            Representation representation,
            String sqlite,
            String postgres,
            List<String> damages) {}

    static final List<Column> COLUMNS = List.of(
            column("flag", "BOOLEAN", PgType.BOOLEAN, Representation.BOOLEAN, "1", "true", "false"),
            column("word", "BOOLEAN", PgType.BOOLEAN, Representation.BOOLEAN, "'f'", "false", "true"),
            column("tiny", "INTEGER", PgType.SMALLINT, Representation.NATIVE, "-7", "-7", "7", "-8", "0"),
            column("small", "INTEGER", PgType.INTEGER, Representation.NATIVE, "70000", "70000", "70001", "-70000"),
            column(
                    "big",
                    "INTEGER",
                    PgType.BIGINT,
                    Representation.NATIVE,
                    "9223372036854775807",
                    "9223372036854775807",
                    "9223372036854775806",
                    "-9223372036854775808"),
            column("single", "REAL", PgType.REAL, Representation.NATIVE, "0.5", "0.5", "0.50000006"),
            column("real", "REAL", PgType.DOUBLE_PRECISION, Representation.NATIVE, "0.1", "0.1", "0.10000000000000002"),
            column(
                    "zero",
                    "REAL",
                    PgType.DOUBLE_PRECISION,
                    Representation.NATIVE,
                    "0.0",
                    "'0.0'::float8",
                    "'-0.0'::float8",
                    "'5e-324'::float8"),
            column(
                    "endless",
                    "REAL",
                    PgType.DOUBLE_PRECISION,
                    Representation.NATIVE,
                    "9e999",
                    "'Infinity'",
                    "'-Infinity'",
                    "'NaN'",
                    "1.7976931348623157e308"),
            column(
                    "price",
                    "DECIMAL(10,2)",
                    PgType.numeric(10, 2),
                    Representation.DECIMAL,
                    "1.5",
                    "1.50",
                    "1.51",
                    "-1.50",
                    "15.00"),
            column(
                    "exact",
                    "NUMERIC",
                    PgType.NUMERIC,
                    Representation.DECIMAL,
                    "1.005",
                    "1.005",
                    "1.0050000001",
                    "1.01",
                    "'NaN'"),
            column(
                    "name",
                    "TEXT",
                    PgType.TEXT,
                    Representation.NATIVE,
                    "'Straße'",
                    "'Straße'",
                    "'Straße '",
                    "'straße'",
                    "'Strasse'",
                    "''",
                    "'Stra\u00dfE'"),
            column("blank", "TEXT", PgType.TEXT, Representation.NATIVE, "''", "''", "' '", "E'\\n'"),
            column(
                    "composed",
                    "TEXT",
                    PgType.TEXT,
                    Representation.NATIVE,
                    "char(233)",
                    "U&'\\00e9'",
                    "U&'e\\0301'",
                    "'e'"),
            column("short", "VARCHAR(9)", PgType.varchar(9), Representation.NATIVE, "'a '", "'a '", "'a'", "'A '"),
            column("loose", "TEXT", PgType.CITEXT, Representation.NATIVE, "'Bob'", "'Bob'", "'bob'", "'Bob '"),
            column(
                    "bytes",
                    "BLOB",
                    PgType.BYTEA,
                    Representation.NATIVE,
                    "x'00ff7f80'",
                    "'\\x00ff7f80'",
                    "'\\x00ff7f81'",
                    "'\\x00ff7f'",
                    "'\\x00ff7f8000'",
                    "''"),
            column("nothing", "BLOB", PgType.BYTEA, Representation.NATIVE, "zeroblob(0)", "''", "'\\x00'"),
            column(
                    "day",
                    "DATE",
                    PgType.DATE,
                    Representation.ISO_TEXT,
                    "'2024-02-29'",
                    "'2024-02-29'",
                    "'2024-03-01'",
                    "'0024-02-29'",
                    "'infinity'"),
            column(
                    "clock",
                    "TIME",
                    PgType.TIME,
                    Representation.ISO_TEXT,
                    "'23:59:59'",
                    "'23:59:59'",
                    "'23:59:59.000001'",
                    "'11:59:59'"),
            column(
                    "local",
                    "DATETIME",
                    PgType.TIMESTAMP,
                    Representation.ISO_TEXT,
                    "'2024-01-02 03:04:05.123456'",
                    "'2024-01-02 03:04:05.123456'",
                    "'2024-01-02 03:04:05.123457'",
                    "'2024-01-02 03:04:05.123'",
                    "'2024-01-02 04:04:05.123456'",
                    "'infinity'"),
            column(
                    "instant",
                    "DATETIME",
                    PgType.TIMESTAMPTZ,
                    Representation.ISO_TEXT,
                    "'2024-01-02T03:04:05Z'",
                    "'2024-01-02 03:04:05+00'",
                    "'2024-01-02 03:04:05+01'",
                    "'2024-01-02 03:04:05.000001+00'"),
            column(
                    "seconds",
                    "DATETIME",
                    PgType.TIMESTAMPTZ,
                    Representation.UNIX_SECONDS,
                    "1700000000",
                    "to_timestamp(1700000000)",
                    "to_timestamp(1700000001)",
                    "to_timestamp(1700003600)",
                    "to_timestamp(1700000000) + interval '1 microsecond'"),
            column(
                    "millis",
                    "DATETIME",
                    PgType.TIMESTAMPTZ,
                    Representation.UNIX_MILLISECONDS,
                    "1627303906122",
                    "'2021-07-26 12:51:46.122+00'",
                    "'2021-07-26 12:51:46.123+00'",
                    "'2021-07-26 12:51:46.122001+00'",
                    "'2021-07-26 12:51:46+00'"),
            column(
                    "julian",
                    "DATETIME",
                    PgType.TIMESTAMP,
                    Representation.JULIAN_DAY,
                    "2460000.5",
                    "'2023-02-25 00:00:00'",
                    "'2023-02-25 00:00:01'",
                    "'2023-02-24 00:00:00'"),
            column(
                    "json",
                    "JSON",
                    PgType.JSON,
                    Representation.JSON_TEXT,
                    "'{\"a\": 1,\"a\":2}'",
                    "'{\"a\": 1,\"a\":2}'",
                    "'{\"a\":2}'",
                    "'{\"a\": 1,\"A\":2}'"),
            column(
                    "jsonb",
                    "JSON",
                    PgType.JSONB,
                    Representation.JSON_TEXT,
                    "'{\"b\":[1,2.50,null],\"a\":\"é\"}'",
                    "'{\"b\":[1,2.50,null],\"a\":\"é\"}'",
                    "'{\"b\":[1,2.51,null],\"a\":\"é\"}'",
                    "'{\"b\":[2.50,1,null],\"a\":\"é\"}'",
                    "'{\"b\":[1,2.50],\"a\":\"é\"}'",
                    "'{\"b\":[1,2.50,null],\"a\":\"e\"}'",
                    "'null'"),
            column(
                    "uuid",
                    "UUID",
                    PgType.UUID,
                    Representation.UUID_TEXT,
                    "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
                    "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                    "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12'"),
            column(
                    "uuid_bytes",
                    "BLOB",
                    PgType.UUID,
                    Representation.UUID_BLOB,
                    "x'a0eebc999c0b4ef8bb6d6bb9bd380a11'",
                    "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                    "'a1eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
            column(
                    "host",
                    "TEXT",
                    PgType.INET,
                    Representation.LITERAL_TEXT,
                    "'192.168.0.1'",
                    "'192.168.0.1'",
                    "'192.168.0.2'",
                    "'192.168.0.1/24'"),
            column(
                    "mood",
                    "TEXT",
                    PgType.enumeration("mood"),
                    Representation.LITERAL_TEXT,
                    "'fine'",
                    "'fine'",
                    "'Fine'",
                    "'sad'"),
            column(
                    "pem",
                    "BLOB",
                    PgType.BYTEA,
                    Representation.BYTES_OF_TEXT,
                    "'abcd'",
                    "'\\x61626364'",
                    "'\\x69b71d'",
                    "'\\x6162636420'"),
            column(
                    "took",
                    "TEXT",
                    PgType.INTERVAL,
                    Representation.LITERAL_TEXT,
                    "'1 mon 2 days 03:04:05.000006'",
                    "'1 mon 2 days 03:04:05.000006'",
                    "'1 mon 2 days 03:04:05.000007'",
                    "'1 mon 2 days 03:04:05'",
                    "'1 mon 2 days 04:04:05.000006'",
                    "'32 days 03:04:05.000006'",
                    "'1 mon 50:04:05-1 day'::interval + '1 microsecond'",
                    "'-1 mon 2 days 03:04:05.000006'"),
            column(
                    "took_micros",
                    "BIGINT",
                    PgType.INTERVAL,
                    Representation.UNIX_MICROSECONDS,
                    "86400000001",
                    "'24:00:00.000001'",
                    "'1 day 00:00:00.000001'",
                    "'24:00:00.000002'"),
            column(
                    "micros",
                    "BIGINT",
                    PgType.TIMESTAMP,
                    Representation.UNIX_MICROSECONDS,
                    "1700000000000001",
                    "'2023-11-14 22:13:20.000001'",
                    "'2023-11-14 22:13:20'",
                    "'2023-11-14 23:13:20.000001'"),
            column(
                    "rounded",
                    "DATETIME",
                    PgType.withFraction(PgType.Kind.TIMESTAMPTZ, 3),
                    Representation.ISO_TEXT_WITH_OFFSET,
                    "'2024-01-02 03:04:05.1236+00:00'",
                    "'2024-01-02 03:04:05.124+00'",
                    "'2024-01-02 03:04:05.123+00'",
                    "'2024-01-02 03:04:05.124+01'"),
            column(
                    "net",
                    "TEXT",
                    PgType.CIDR,
                    Representation.LITERAL_TEXT,
                    "'10.0.0.0/8'",
                    "'10.0.0.0/8'",
                    "'10.0.0.0/9'",
                    "'10.0.0.0/7'",
                    "'11.0.0.0/8'"),
            column(
                    "host6",
                    "TEXT",
                    PgType.INET,
                    Representation.LITERAL_TEXT,
                    "'2001:DB8::1'",
                    "'2001:db8::1'",
                    "'2001:db8::2'",
                    "'2001:db8::1/127'",
                    "'0.0.0.1'"),
            column(
                    "card",
                    "TEXT",
                    PgType.MACADDR,
                    Representation.LITERAL_TEXT,
                    "'08-00-2b-01-02-03'",
                    "'08:00:2b:01:02:03'",
                    "'08:00:2b:01:02:02'",
                    "'88:00:2b:01:02:03'"),
            column(
                    "padded",
                    "CHAR(6)",
                    PgType.character(6),
                    Representation.NATIVE,
                    "'aB c'",
                    "'aB c'",
                    "'ab c'",
                    "'aBc'",
                    "' aB c'",
                    "''"),
            column(
                    "hex",
                    "CHAR(32)",
                    PgType.UUID,
                    Representation.UUID_HEX,
                    "'a0eebc999c0b4ef8bb6d6bb9bd380a11'",
                    "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                    "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a10'"),
            column(
                    "numbers",
                    "TEXT",
                    PgType.arrayOf(PgType.INTEGER),
                    Representation.LITERAL_TEXT,
                    "'{1,NULL,3}'",
                    "'{1,NULL,3}'",
                    "'{1,3,NULL}'",
                    "'{1,NULL,3,3}'",
                    "'{1,NULL}'",
                    "'{1,0,3}'",
                    "'{{1,NULL,3}}'",
                    "'[0:2]={1,NULL,3}'",
                    "'{}'"),
            column(
                    "tags",
                    "JSON",
                    PgType.arrayOf(PgType.TEXT),
                    Representation.JSON_TEXT,
                    "'[\"a\", \"b \", null]'",
                    "'{a,\"b \",NULL}'",
                    "'{a,b,NULL}'",
                    "'{A,\"b \",NULL}'",
                    "'{a,\"b \",\"NULL\"}'",
                    "'{a,\"b \"}'",
                    "'{\"b \",a,NULL}'"),
            column(
                    "moods",
                    "TEXT",
                    PgType.arrayOf(PgType.enumeration("mood")),
                    Representation.LITERAL_TEXT,
                    "'{fine,sad}'",
                    "'{fine,sad}'",
                    "'{sad,fine}'",
                    "'{Fine,sad}'"),
            column(
                    "doc",
                    "TEXT",
                    PgType.carried("xml", PgType.TEXT),
                    Representation.NATIVE,
                    "'<a> b</a>'",
                    "'<a> b</a>'",
                    "'<a>b</a>'",
                    "'<a> B</a>'"),
            column(
                    "cost",
                    "REAL",
                    PgType.carried("money", PgType.numeric(19, 2)),
                    Representation.DECIMAL,
                    "12.5",
                    "'12.50'",
                    "'12.51'",
                    "'-12.50'"),
            column(
                    "written",
                    "BLOB",
                    PgType.TEXT,
                    Representation.TEXT_OF_BYTES,
                    "CAST('Bytes ' AS BLOB)",
                    "'Bytes '",
                    "'Bytes'",
                    "'bytes '"),
            column(
                    "packed",
                    "BLOB",
                    PgType.JSONB,
                    Representation.TEXT_OF_BYTES,
                    "CAST('{\"a\": [1]}' AS BLOB)",
                    "'{\"a\": [1]}'",
                    "'{\"a\": [2]}'",
                    "'{\"A\": [1]}'"),
            column(
                    "digits",
                    "TEXT",
                    PgType.NUMERIC,
                    Representation.DECIMAL,
                    "'12345678901234567890.10'",
                    "12345678901234567890.10",
                    "12345678901234567890.11",
                    "12345678901234567891.10",
                    "-12345678901234567890.10"),
            column(
                    "number_as_text",
                    "VARCHAR(10)",
                    PgType.TEXT,
                    Representation.TEXT_OF_NUMBER,
                    "42",
                    "'42'",
                    "'42.0'",
                    "'042'"));

    private EveryType() {}

    private static Column column(
            String name,
            String declared,
            PgType type,
            Representation representation,
            String sqlite,
            String postgres,
            String... damages) {
        return new Column(name, declared, type, representation, sqlite, postgres, List.of(damages));
    }

    static TableFixture fixture() {
        TableFixture fixture = TableFixture.table("everything").rowid("id");
        COLUMNS.forEach(it -> fixture.column(it.name(), it.declared(), it.type(), it.representation()));
        return fixture;
    }

    static String[] sqlite() {
        return new String[] {
            COLUMNS.stream()
                    .map(it -> "\"" + it.name() + "\" " + it.declared())
                    .collect(Collectors.joining(", ", "CREATE TABLE everything(id INTEGER PRIMARY KEY, ", ")")),
            insert(1, true),
            insert(2, true),
            insert(3, true)
        };
    }

    static String[] postgres() {
        return new String[] {
            "CREATE EXTENSION citext",
            "CREATE TYPE mood AS ENUM ('fine', 'Fine', 'sad')",
            COLUMNS.stream()
                    .map(it -> "\"" + it.name() + "\" " + it.type().sql())
                    .collect(Collectors.joining(", ", "CREATE TABLE everything(id bigint PRIMARY KEY, ", ")")),
            insert(1, false),
            insert(2, false),
            insert(3, false)
        };
    }

    private static String insert(int id, boolean sqlite) {
        return COLUMNS.stream()
                .map(it -> sqlite ? it.sqlite() : it.postgres())
                .collect(Collectors.joining(", ", "INSERT INTO everything VALUES (" + id + ", ", ")"));
    }
}
