package dev.outgrow.internal.sql;

import dev.outgrow.typemap.PgType;

/** A point in time from a text whose form is known only at run time: NULL if SQLite finds none in it. */
final class TextOfTime {
    private static final String ZONE = " *(Z|z|[+-](0[0-9]|1[0-4]):[0-5][0-9])? *";
    private static final String CLOCK =
            "(([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?|24:00(:00([.]0+)?)?)" + ZONE;
    private static final String MOMENT =
            "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([ T]+(" + CLOCK + ")?)?$";
    private static final String TIME = "^" + CLOCK + "$";
    private static final String NUMBER = "^ *([0-9]+([.][0-9]*)?|[.][0-9]+) *$";

    /** A Julian day to the millisecond, from the year 1 on, as far as SQLite knows years. */
    private static final String OF_JULIAN_DAY =
            "CASE WHEN {0}::double precision >= 1721425.5 AND {0}::double precision < 5373484.5 THEN timestamp '2000-01-01'"
                    + " + make_interval(0, 0, 0, 0, 0, 0,"
                    + " (floor({0}::double precision * 86400000 + 0.5) - 211813444800000) / 1000) END";

    /** Hours, minutes and seconds, less what the zone at the end is ahead of UTC. */
    private static final String SINCE_MIDNIGHT = "make_interval(0, 0, 0, 0, "
            + "coalesce(substring({0} from '([0-9][0-9]):'), '0')::integer"
            + " - coalesce(substring({0} from ':.*([+-][0-9][0-9]):[0-9][0-9] *$'), '0')::integer, "
            + "coalesce(substring({0} from '[0-9][0-9]:([0-9][0-9])'), '0')::integer"
            + " - coalesce(substring({0} from ':.*([+-])[0-9][0-9]:[0-9][0-9] *$')"
            + " || substring({0} from ':([0-9][0-9]) *$'), '0')::integer, "
            + "coalesce(substring({0} from '[0-9]:[0-9][0-9]:([0-9.]+)'), '0')::double precision)";

    private TextOfTime() {}

    /**
     * The timestamp. A cast would not do: it is STABLE, raises an error where SQLite gives NULL, and rejects the 30th
     * of February, which SQLite reads as the 2nd of March. A time of day is of 2000-01-01, and a number is a Julian day.
     * Years before the first, which PostgreSQL writes in another way, are NULL.
     */
    static Term timestamp(Term text) {
        return Term.call(
                TermKind.OPAQUE,
                PgType.TIMESTAMP,
                "CASE WHEN {0} ~ {1} THEN make_timestamp(substr({0}, 1, 4)::integer, substr({0}, 6, 2)::integer, 1, 0, 0, 0)"
                        + " + (substr({0}, 9, 2)::integer - 1) * interval '1 day' + "
                        + SINCE_MIDNIGHT + " WHEN {0} ~ {2} THEN timestamp '2000-01-01' + " + SINCE_MIDNIGHT
                        + " WHEN {0} ~ {3} THEN " + OF_JULIAN_DAY + " END",
                text.within(Term.CAST),
                Term.text(MOMENT).sql(),
                Term.text(TIME).sql(),
                Term.text(NUMBER).sql());
    }
}
