package dev.outgrow.internal.sql;

import dev.outgrow.typemap.PgType;
import org.jooq.Field;

/** A point in time out of a text whose form is known only when it is read: NULL where SQLite finds none in it. */
final class TextOfTime {
    private static final String FORM = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
            + "([ T]+([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?)? *Z?$";

    private TextOfTime() {}

    /**
     * The timestamp. A cast would not do: it is STABLE, raises an error where SQLite gives NULL, and knows no 30th of February,
     * which to SQLite is the 2nd of March.
     */
    static Term timestamp(Term text) {
        Field<?> value = text.within(Term.CAST);
        return Term.call(
                Kind.OPAQUE,
                PgType.TIMESTAMP,
                "CASE WHEN {0} ~ {1} THEN make_timestamp(substr({0}, 1, 4)::integer, substr({0}, 6, 2)::integer, 1, "
                        + "coalesce(substring({0} from '[ T]([0-9][0-9]):'), '0')::integer, "
                        + "coalesce(substring({0} from '[ T][0-9][0-9]:([0-9][0-9])'), '0')::integer, "
                        + "coalesce(substring({0} from '[0-9]:[0-9][0-9]:([0-9.]+)'), '0')::double precision) "
                        + "+ (substr({0}, 9, 2)::integer - 1) * interval '1 day' END",
                value,
                Term.text(FORM).field());
    }
}
