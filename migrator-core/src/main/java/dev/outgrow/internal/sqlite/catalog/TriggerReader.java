package dev.outgrow.internal.sqlite.catalog;

import dev.outgrow.internal.sqlite.ddl.CreateTrigger;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.Name;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads triggers. */
final class TriggerReader {
    private TriggerReader() {}

    static SqliteTrigger read(SchemaRow row) {
        return new SqliteTrigger(row.name(), row.table(), row.sql(), event(row.sql()));
    }

    private static Optional<String> event(String sql) {
        try {
            CreateTrigger trigger = DdlParser.trigger(sql);
            String columns = trigger.columns().stream().map(Name::text).collect(Collectors.joining(", "));
            return Optional.of(trigger.time().name().replace('_', ' ') + " " + trigger.event()
                    + (columns.isEmpty() ? "" : " OF " + columns));
        } catch (DdlSyntaxException beyondTheParser) {
            return Optional.empty();
        }
    }
}
