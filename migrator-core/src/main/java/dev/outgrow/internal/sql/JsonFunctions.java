package dev.outgrow.internal.sql;

import dev.outgrow.typemap.PgType;

/** The functions of SQLite's "JSON Functions And Operators" whose value has the same type for every document. */
final class JsonFunctions {
    private JsonFunctions() {}

    /**
     * A column of a JSON type always holds valid JSON; a text must be tested, which PostgreSQL can do since version 16.
     */
    static Term valid(Term value) {
        return switch (value.kind()) {
            case NULL -> Term.ofNull();
            case JSON ->
                Term.call(
                        TermKind.BOOLEAN,
                        PgType.BOOLEAN,
                        "CASE WHEN {0} IS NOT NULL THEN true END",
                        value.within(Term.COMPARISON));
            case TEXT ->
                Term.condition(Term.IS, "{0} IS JSON", Conversions.plain(value).within(Term.COMPARISON));
            default -> throw UntranslatableException.of("json_valid() of a value of type %s", value.type());
        };
    }

    /** SQLite gives 0 for anything but an array. */
    static Term arrayLength(Term value, boolean immutable) {
        boolean text = value.kind() == TermKind.TEXT && !immutable;
        if (value.kind() != TermKind.JSON && !text) {
            throw UntranslatableException.of("json_array_length() of a value of type %s", value.type());
        }
        Term json = text ? Conversions.plain(value).cast(PgType.JSON) : value;
        String type = json.type().kind() == PgType.Kind.JSONB ? "jsonb" : "json";
        return Term.call(
                TermKind.INTEGER,
                PgType.INTEGER,
                "CASE WHEN " + type + "_typeof({0}) = 'array' THEN " + type + "_array_length({0})"
                        + " WHEN {1} IS NOT NULL THEN 0 END",
                json.sql(),
                json.within(Term.COMPARISON));
    }
}
