package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.postgres.CitusTransaction;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.existing.SearchPath;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the columns that the caller's expressions fill hold what the expressions give for the rows of the source.
 * They are evaluated again and compared beside the key of each row, or beside all of its values if it has no key.
 *
 * @param table the table
 * @param encoding of text in the source
 * @param schema of the target
 */
record FillProof(ExistingTable table, TextEncoding encoding, String schema) implements SchemaProof {
    @Override
    public void prove(Connection sqlite, Connection postgres, Findings findings) throws SQLException {
        String real = Identifier.qualified(schema, table.mapping().targetName());
        String again = "pg_temp.outgrow_filled";
        SearchPath.ofNothing(postgres).ofTheApp(schema);
        try (Statement statement = postgres.createStatement()) {
            List<String> columns = new ArrayList<>();
            table.read().stream()
                    .filter(column -> !table.making().extras().contains(column))
                    .forEach(column -> columns.add(Identifier.quote(column.targetName())));
            table.making().fills().keySet().forEach(column -> columns.add(Identifier.quote(column)));
            statement.execute("CREATE TEMPORARY TABLE outgrow_filled ON COMMIT DROP AS SELECT "
                    + String.join(", ", columns) + " FROM " + real + " WITH NO DATA");
            List<String> names =
                    table.read().stream().map(column -> column.column().name()).toList();
            // The validator owns the connection and closes it.
            RowSource source = RowSource.of(sqlite, encoding);
            new TableCopier(source, postgres)
                    .copy(
                            table.pair().source(),
                            again,
                            table.read(),
                            table.making(),
                            RowQuery.all(table.pair().source(), names),
                            (rows, bytes) -> {});
            String held = real;
            if (CitusTransaction.isCitus(postgres)) {
                // Where it compares a reference table with a temporary one, it may ask a session that does not see that
                // one.
                held = "pg_temp.outgrow_held";
                statement.execute("CREATE TEMPORARY TABLE outgrow_held ON COMMIT DROP AS SELECT "
                        + String.join(", ", columns) + " FROM " + real);
            }
            for (String filled : table.making().fills().keySet()) {
                String list = told(filled);
                long wrong = ProbeTable.number(
                        postgres,
                        "SELECT count(*) FROM (SELECT " + list + " FROM " + again + " EXCEPT ALL SELECT " + list
                                + " FROM " + held + ") differing");
                if (wrong > 0) {
                    findings.wrong(
                            "fill:" + table.mapping().targetName() + "." + filled,
                            "in " + Amount.of(wrong, "row")
                                    + " it is not what its expression gives for the row of the source");
                }
            }
            statement.execute("DROP TABLE " + again);
            if (!held.equals(real)) {
                statement.execute("DROP TABLE " + held);
            }
        }
    }

    /** What identifies the rows, and the column, as text. */
    private String told(String filled) {
        List<String> primary =
                table.pair().source().primaryKey().map(key -> key.columns()).orElse(List.of());
        List<ColumnMapping> columns = table.copied().stream()
                .filter(column -> !table.defaulted(column))
                .filter(column ->
                        !table.keyed() || primary.contains(column.column().name()))
                .toList();
        return columns.stream()
                        .map(column -> Identifier.quote(column.targetName()) + "::text, ")
                        .collect(joining())
                + Identifier.quote(filled) + "::text";
    }
}
