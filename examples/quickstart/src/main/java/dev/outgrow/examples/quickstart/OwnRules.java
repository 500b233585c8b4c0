package dev.outgrow.examples.quickstart;

import dev.outgrow.Migration;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.ValueConverter;
import java.util.Optional;

/** What an app says about columns that neither their declarations nor their values tell. */
final class OwnRules {
    private OwnRules() {}

    // region README
    static Migration ruled(Migration migration) {
        TypeRules rules = TypeRules.standard();
        rules = rules.column("orders", "paid_at").unixSeconds();
        rules = rules.columns("*_at").blankAsNull();
        rules = rules.declared("TINYINT(1)").as(PgType.BOOLEAN);
        rules = rules.column("orders", "due").convertedBy(PgType.DATE, new DayMonthYear());
        return migration.typeRules(rules);
    }

    /** 31.12.2024, in both directions: the way back lets the comparison of values prove the way there. */
    private static final class DayMonthYear implements ValueConverter {
        @Override
        public String toPostgres(Object value) {
            String[] parts = value.toString().split("\\.");
            if (parts.length != 3) {
                throw new IllegalArgumentException("no date");
            }
            return parts[2] + "-" + parts[1] + "-" + parts[0];
        }

        @Override
        public Optional<Object> toSqlite(String text) {
            return Optional.of(text.substring(8) + "." + text.substring(5, 7) + "." + text.substring(0, 4));
        }
    }
    // endregion
}
