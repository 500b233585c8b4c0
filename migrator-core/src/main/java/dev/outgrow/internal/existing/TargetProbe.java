package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.existing.ConstraintSearch.Unanswered;
import dev.outgrow.internal.plan.NoticeBook;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.postgres.existing.TargetTable.Check;
import dev.outgrow.internal.postgres.existing.TargetTable.ForeignKey;
import dev.outgrow.internal.postgres.existing.TargetTable.UniqueKey;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.plan.ExistingSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.plan.SeededRows;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks PostgreSQL what only it can tell: rows that a CHECK or a domain refuses, duplicates and orphans by its own notion of
 * equality, and whether rows that are there are in the source. The rows are copied into temporary tables, in a transaction that
 * is rolled back, so that nothing of the target is written.
 */
public final class TargetProbe {
    private static final int MOST_KEYS = 5;

    private final Connection postgres;
    private final TableCopier copier;
    private final ExistingSchema schema;
    private final NoticeBook notices;
    private final Map<String, String> probes = new LinkedHashMap<>();

    /**
     * A probe.
     *
     * @param postgres a session in a transaction that the caller rolls back, with a {@code search_path} of nothing
     * @param copier from the snapshot to that session
     */
    public TargetProbe(Connection postgres, TableCopier copier, ExistingSchema schema, NoticeBook notices) {
        this.postgres = postgres;
        this.copier = copier;
        this.schema = schema;
        this.notices = notices;
    }

    /**
     * Asks all that was not answered.
     *
     * @param tables every table that is migrated, by its name in the target
     * @param open what the snapshot did not answer, by the same name
     * @param loaded whether the rows are there because they were migrated: then they are no seeded ones
     */
    public void ask(Map<String, ExistingTable> tables, Map<String, Unanswered> open, boolean loaded) {
        try {
            for (String name : needed(tables, open, loaded)) {
                Unanswered questions = open.get(name);
                if (questions != null && questions.showable()) {
                    fill(Objects.requireNonNull(tables.get(name)), name);
                } else {
                    notices.inform(
                            "untried:" + name,
                            "What else the target would refuse of table " + name
                                    + " is looked at once every value fits its column.");
                }
            }
            for (Map.Entry<String, String> probe : probes.entrySet()) {
                ExistingTable table = Objects.requireNonNull(tables.get(probe.getKey()));
                Unanswered questions = open.get(probe.getKey());
                checks(table, probe.getValue());
                if (questions != null) {
                    for (UniqueKey key : questions.keys()) {
                        key(table, key, probe.getValue());
                    }
                    for (ForeignKey key : questions.foreignKeys()) {
                        foreignKey(table, key, probe.getValue(), tables);
                    }
                }
                if (!loaded && table.pair().target().hasRows()) {
                    seeded(table, probe.getValue());
                }
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "trying the constraints of the target");
        }
    }

    /** The tables whose rows PostgreSQL must see. */
    private static Set<String> needed(Map<String, ExistingTable> tables, Map<String, Unanswered> open, boolean loaded) {
        Set<String> needed = new TreeSet<>();
        tables.forEach((name, table) -> {
            TargetTable target = table.pair().target();
            Unanswered questions = open.get(name);
            boolean rows = table.census().rows() > 0;
            boolean asked = questions != null
                    && !(questions.keys().isEmpty() && questions.foreignKeys().isEmpty());
            boolean domains = target.columns().stream()
                    .anyMatch(column -> !column.domainChecks().isEmpty());
            if ((rows && (asked || domains || !target.checks().isEmpty())) || (!loaded && target.hasRows())) {
                needed.add(name);
            }
            if (rows && questions != null) {
                questions.foreignKeys().stream()
                        .filter(key -> key.parentSchema().equals(target.schema()) && tables.containsKey(key.parent()))
                        .forEach(key -> needed.add(key.parent()));
            }
        });
        return needed;
    }

    private void fill(ExistingTable table, String name) throws SQLException {
        String probe = "pg_temp.outgrow_probe_" + (probes.size() + 1);
        List<String> columns = new ArrayList<>();
        for (TargetColumn column : table.pair().target().columns()) {
            columns.add(definition(column, table.pair().toTarget(column.name()).isPresent()));
        }
        try (Statement statement = postgres.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE " + probe.substring("pg_temp.".length()) + " ("
                    + String.join(", ", columns) + ") ON COMMIT DROP");
        }
        List<ColumnMapping> copied = table.copied();
        List<String> names =
                copied.stream().map(column -> column.column().name()).toList();
        copier.copy(
                table.pair().source(), probe, copied, RowQuery.all(table.pair().source(), names), (rows, bytes) -> {});
        probes.put(name, probe);
    }

    /** The column as it is, without what refuses rows; a column that the source does not fill has its default. */
    private static String definition(TargetColumn column, boolean filled) {
        StringBuilder sql =
                new StringBuilder(Identifier.quote(column.name())).append(' ').append(column.baseName());
        column.collation().ifPresent(collation -> sql.append(" COLLATE ").append(collation));
        if (column.generated()) {
            sql.append(" GENERATED ALWAYS AS (")
                    .append(column.expression().orElseThrow())
                    .append(") STORED");
        } else if (!filled && column.sequence().isEmpty() && column.expression().isPresent()) {
            sql.append(" DEFAULT ").append(column.expression().get());
        }
        return sql.toString();
    }

    private void checks(ExistingTable table, String probe) throws SQLException {
        for (Check check : table.pair().target().checks()) {
            Evidence refused = rows(table, probe, "NOT (" + check.expression() + ")");
            if (refused.count() > 0) {
                refused(table, "check", check.name(), check.columns(), refused);
            }
        }
        for (ColumnMapping column : table.copied()) {
            TargetColumn place =
                    table.pair().target().column(column.targetName()).orElseThrow();
            for (String definition : place.domainChecks()) {
                String condition = definition.replaceFirst("^CHECK ", "").replaceFirst(" NOT VALID$", "");
                String value = Identifier.quote(place.name());
                Evidence refused =
                        rows(table, "(SELECT p.*, p." + value + " AS value FROM " + probe + " p)", "NOT " + condition);
                if (refused.count() > 0) {
                    refused(table, "check", place.typeName(), List.of(place.name()), refused);
                }
            }
        }
    }

    private void refused(ExistingTable table, String kind, String name, List<String> columns, Evidence refused) {
        String source = table.pair().source().name();
        List<String> names = columns.stream()
                .map(column -> table.pair()
                        .toTarget(column)
                        .map(pair -> pair.source().name())
                        .orElse(column))
                .toList();
        notices.add(new Notice(
                kind + ":" + source + "." + name,
                Severity.BLOCKER,
                false,
                refused.count() + (refused.count() == 1 ? " row" : " rows") + " of table " + source
                        + " do not satisfy " + name + " of the target, which is about "
                        + String.join(", ", names) + ".",
                refused.count(),
                refused.keys(),
                "Correct these rows in SQLite."));
    }

    private void key(ExistingTable table, UniqueKey key, String probe) throws SQLException {
        String terms = key.terms().stream().map(term -> "(" + term + ")").collect(joining(", "));
        String present = key.nullsDistinct()
                ? key.terms().stream().map(term -> "(" + term + ") IS NOT NULL").collect(joining(" AND "))
                : "true";
        String counted = "(SELECT p.*, count(*) OVER (PARTITION BY " + terms + ") AS outgrow_count FROM " + probe
                + " p WHERE " + present
                + key.predicate().map(predicate -> " AND (" + predicate + ")").orElse("") + ")";
        Evidence duplicates = rows(table, counted, "outgrow_count > 1");
        if (duplicates.count() > 0) {
            ConstraintSearch.duplicates(notices, table.pair(), key, duplicates);
        }
    }

    private void foreignKey(ExistingTable table, ForeignKey key, String probe, Map<String, ExistingTable> tables)
            throws SQLException {
        boolean ours = key.parentSchema().equals(schema.name()) && tables.containsKey(key.parent());
        String parent = ours ? probes.get(key.parent()) : Identifier.qualified(key.parentSchema(), key.parent());
        if (parent == null) {
            return;
        }
        List<String> conditions = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < key.columns().size(); i++) {
            String child = "r." + Identifier.quote(key.columns().get(i));
            conditions.add(child + " IS NOT NULL");
            equal.add("p." + Identifier.quote(key.parentColumns().get(i)) + " = " + child);
        }
        Evidence orphans = rows(
                table,
                probe,
                String.join(" AND ", conditions) + " AND NOT EXISTS (SELECT FROM " + parent + " p WHERE "
                        + String.join(" AND ", equal) + ")");
        if (orphans.count() > 0) {
            ConstraintSearch.orphans(notices, table.pair(), key, orphans);
        }
    }

    private void seeded(ExistingTable table, String probe) throws SQLException {
        TargetTable target = table.pair().target();
        String real = Identifier.qualified(target.schema(), target.name());
        String columns = target.columns().stream()
                .map(column -> Identifier.quote(column.name()) + "::text")
                .collect(joining(", "));
        long rows = number("SELECT count(*) FROM " + real);
        long strange = number("SELECT count(*) FROM (SELECT " + columns + " FROM " + real + " EXCEPT ALL SELECT "
                + columns + " FROM " + probe + ") differing");
        String id = "seeded:" + target.name();
        if (schema.seededRows().filter(policy -> policy == SeededRows.REPLACE).isPresent()) {
            notices.warn(
                    id,
                    "The " + rows + " rows that table " + target.name() + " holds already are deleted, as you said; "
                            + strange + " of them are not in the source.",
                    "");
        } else if (strange == 0) {
            notices.inform(
                    id,
                    "The " + rows + " rows that table " + target.name()
                            + " holds already are in the source with the same values.");
        } else {
            notices.add(new Notice(
                    id,
                    Severity.BLOCKER,
                    false,
                    strange + " of the " + rows + " rows that table " + target.name()
                            + " of the target holds already are not in the source, or differ from it.",
                    strange,
                    List.of(),
                    "If the app's migrations seeded them and the source's shall take their place:"
                            + " TargetSchema.existing(\"" + schema.name()
                            + "\").seededRows(SeededRows.REPLACE), which deletes them."));
        }
    }

    private Evidence rows(ExistingTable table, String from, String condition) throws SQLException {
        String where = " FROM " + from + " r WHERE " + condition;
        long count = number("SELECT count(*)" + where);
        List<String> keys = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (String column : table.pair()
                .source()
                .primaryKey()
                .map(SqlitePrimaryKey::columns)
                .orElse(List.of())) {
            table.pair()
                    .fromSource(column)
                    .ifPresent(pair ->
                            columns.add("r." + Identifier.quote(pair.target().name()) + "::text"));
        }
        if (count > 0 && !columns.isEmpty()) {
            try (Statement statement = postgres.createStatement();
                    ResultSet row = statement.executeQuery("SELECT left(concat_ws(', ', " + String.join(", ", columns)
                            + "), 60)" + where + " LIMIT " + MOST_KEYS)) {
                while (row.next()) {
                    keys.add(columns.size() == 1 ? row.getString(1) : "(" + row.getString(1) + ")");
                }
            }
        }
        return new Evidence(count, keys);
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
