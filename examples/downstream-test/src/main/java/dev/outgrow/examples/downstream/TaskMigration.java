package dev.outgrow.examples.downstream;

import dev.outgrow.Migration;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.ValueConverter;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The app's options of the migration: its upgrade and its unit test take them from here. */
public final class TaskMigration implements UnaryOperator<Migration> {
    @Override
    public Migration apply(Migration migration) {
        return migration.typeRules(TypeRules.standard()
                .column("task", "due")
                .unixMilliseconds()
                .column("task", "made")
                .as(PgType.TIMESTAMPTZ)
                .column("task", "made")
                .naiveTimesIn(ZoneId.of("Europe/Berlin"))
                .column("task", "price")
                .convertedBy(PgType.numeric(10, 2), new DecimalComma()));
    }

    /** Amounts as the app's users type them: {@code 12,50}. */
    private static final class DecimalComma implements ValueConverter {
        @Override
        public String toPostgres(Object value) {
            return value.toString().replace(',', '.');
        }

        @Override
        public Optional<Object> toSqlite(String text) {
            return Optional.of(new BigDecimal(text).setScale(2).toPlainString().replace('.', ','));
        }
    }
}
