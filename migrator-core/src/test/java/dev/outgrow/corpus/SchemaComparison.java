package dev.outgrow.corpus;

import dev.outgrow.plan.Notice;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.TableReport;
import dev.outgrow.testing.TestSession;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a migrated database held against that of its source, object by object, each as its own database describes it:
 * what is not there in the same meaning must be the subject of a notice.
 */
final class SchemaComparison {
    private static final Map<String, String> ACTIONS =
            Map.of("NO ACTION", "a", "RESTRICT", "r", "CASCADE", "c", "SET NULL", "n", "SET DEFAULT", "d");

    private final SqliteSchema source;
    private final PostgresSchema target;
    private final Map<String, String> targetNames;
    private final List<String> notices;
    private final List<String> differences = new ArrayList<>();

    SchemaComparison(Connection sqlite, TestSession postgres, MigrationReport report) {
        this.source = new SqliteSchema(sqlite);
        this.target = new PostgresSchema(postgres);
        this.targetNames =
                report.tables().stream().collect(Collectors.toMap(TableReport::name, TableReport::targetName));
        this.notices = report.notices().stream().map(Notice::id).toList();
    }

    /** What differs and no notice names, a line each. */
    List<String> differences() throws SQLException {
        List<String> made = new ArrayList<>(target.relations("r"));
        for (String table : source.tables()) {
            String name = targetNames.getOrDefault(table, "");
            if (!made.remove(name)) {
                differs("table " + table, "is missing", "table:" + table, "tables:left-out");
                continue;
            }
            if (!name.equals(table)) {
                differs("table " + table, "is called " + name, "name:" + table);
            }
            table(table, name);
        }
        for (String table : source.virtualTables()) {
            made.remove(targetNames.getOrDefault(table, ""));
            differs("virtual table " + table, "is no virtual table", "virtual:" + table);
        }
        made.forEach(table -> differs("table " + table, "is not in the source"));
        views();
        for (String trigger : source.names("trigger")) {
            differs("trigger " + trigger, "is missing", "trigger:" + trigger);
        }
        return differences;
    }

    private void differs(String what, String how, String... namedBy) {
        for (String id : namedBy) {
            if (notices.stream().anyMatch(notice -> notice.equals(id) || notice.startsWith(id + "#"))) {
                return;
            }
        }
        differences.add(what + " " + how);
    }

    private boolean named(Predicate<String> id) {
        return notices.stream().anyMatch(id);
    }

    private void table(String table, String name) throws SQLException {
        List<SqliteSchema.Column> columns = source.columns(table);
        List<PostgresSchema.Column> made = target.columns(name);
        if (columns.size() != made.size()) {
            differs("table " + table, "has " + made.size() + " columns instead of " + columns.size());
            return;
        }
        boolean rowid = source.keyIsRowid(table);
        for (int i = 0; i < made.size(); i++) {
            column(table, name, columns.get(i), made.get(i), rowid);
        }
        primaryKey(table, name, columns, made);
        indexes(table, name, columns, made);
        foreignKeys(table, name, columns, made);
        long checks = source.count(table, "\\bCHECK\\s*\\(");
        long kept = target.checks(name, true).size();
        long unproved = target.checks(name, false).size();
        long lost = notices.stream()
                .filter(id -> id.startsWith("check:" + table + "."))
                .count();
        long violated = notices.stream()
                .filter(id -> id.startsWith("violation:" + table + "."))
                .count();
        if (kept + unproved + lost != checks || unproved != violated) {
            differences.add("table " + table + " has " + kept + " CHECKs that hold and " + unproved
                    + " that do not, instead of " + checks);
        }
    }

    private void column(
            String table, String name, SqliteSchema.Column column, PostgresSchema.Column made, boolean rowidKey)
            throws SQLException {
        String subject = table + "." + column.name();
        String what = "column " + subject;
        if (!column.name().equals(made.name())) {
            differs(what, "is called " + made.name(), "name:" + subject);
        }
        boolean key = column.key() > 0;
        if (column.notNull() && !made.notNull()) {
            differs(what, "takes NULL", "notnull:" + subject, "misfit:" + subject);
        } else if (!column.notNull() && !key && made.notNull()) {
            differs(what, "takes no NULL");
        }
        if (column.generated() != made.generated()) {
            differs(what, "is not computed", "generated:" + subject);
        }
        boolean identity = rowidKey && key;
        if (identity == made.identity().isEmpty()) {
            differs(what, "has the identity '" + made.identity() + "'");
        } else if (identity) {
            next(table, name, column, made);
        }
        type(table, column, made);
        defaultOf(subject, column, made);
    }

    private void next(String table, String name, SqliteSchema.Column column, PostgresSchema.Column made)
            throws SQLException {
        String greatest = source.single("SELECT coalesce(max(\"" + column.name().replace("\"", "\"\"")
                + "\"), 0) FROM main.\"" + table.replace("\"", "\"\"") + "\"");
        long high = Math.max(0, Long.parseLong(String.valueOf(greatest)));
        if (source.count(table, "\\bAUTOINCREMENT\\b") > 0) {
            String given = source.single(
                    "SELECT max(seq) FROM sqlite_sequence WHERE name = '" + table.replace("'", "''") + "'");
            high = Math.max(high, given == null || given.equals("null") ? 0 : Long.parseLong(given));
        }
        long next = target.next(name, made.name());
        if (high != Long.MAX_VALUE && next != high + 1) {
            differs("identity of table " + table, "goes on at " + next + " instead of " + (high + 1));
        }
    }

    /** Roughly: the values themselves are compared elsewhere. */
    private void type(String table, SqliteSchema.Column column, PostgresSchema.Column made) throws SQLException {
        String classes = source.single("SELECT group_concat(DISTINCT typeof(\""
                + column.name().replace("\"", "\"\"") + "\")) FROM main.\"" + table.replace("\"", "\"\"") + "\"");
        boolean times = made.type().startsWith("timestamp")
                || made.type().equals("date")
                || made.type().startsWith("time ");
        boolean numbers =
                List.of("bigint", "numeric", "double precision", "boolean").contains(made.type());
        boolean bytes = made.type().equals("bytea");
        for (String each : String.valueOf(classes).split(",")) {
            boolean fits = switch (each) {
                case "integer", "real" ->
                    numbers
                            || times
                            || named(id -> id.endsWith(":" + table + "." + column.name()))
                            || made.type().equals("text");
                case "blob" -> bytes || made.type().equals("uuid");
                case "text" -> !made.type().equals("bigint") && !made.type().equals("double precision");
                default -> true;
            };
            if (!fits) {
                differs("column " + table + "." + column.name(), "holds " + each + " and is " + made.type());
            }
        }
    }

    private void defaultOf(String subject, SqliteSchema.Column column, PostgresSchema.Column made) throws SQLException {
        String what = "default of " + subject;
        @Nullable String declared = column.defaultValue();
        String given = declared == null ? "null" : source.insertedDefault(column);
        if (given.equals("null") && made.defaultValue() == null) {
            return;
        }
        if (made.defaultValue() == null) {
            differs(what, "is missing", "default:" + subject);
            return;
        }
        boolean volatileValue =
                made.defaultValue().contains("now()") || made.defaultValue().contains("random");
        String inserted = target.insertedDefault(made);
        if (!volatileValue && !same(given, inserted, made.type())) {
            differs(what, "gives " + inserted + " instead of " + given);
        }
        boolean moving =
                String.valueOf(declared).toLowerCase(java.util.Locale.ROOT).matches("(?s).*(current_|now|random).*");
        if (volatileValue && !moving) {
            differs(what, "is " + made.defaultValue() + " instead of " + declared);
        }
    }

    private static boolean same(String given, String inserted, String type) {
        if (given.equals(inserted)) {
            return true;
        }
        return switch (type) {
            case "boolean" -> inserted.startsWith("t") == (given.equals("1") || given.startsWith("t"));
            case "bigint", "numeric", "double precision" ->
                new BigDecimal(given).compareTo(new BigDecimal(inserted)) == 0;
            case "jsonb", "json", "uuid" ->
                given.replaceAll("\\s", "").equalsIgnoreCase(inserted.replaceAll("\\s", ""));
            case "timestamp without time zone", "timestamp with time zone", "date" ->
                given.replaceAll("[^0-9]", "")
                        .startsWith(inserted.substring(0, 10).replaceAll("[^0-9]", ""));
            default -> false;
        };
    }

    private void primaryKey(
            String table, String name, List<SqliteSchema.Column> columns, List<PostgresSchema.Column> made) {
        List<String> key = columns.stream()
                .filter(column -> column.key() > 0)
                .sorted((one, other) -> Integer.compare(one.key(), other.key()))
                .map(column -> madeName(column.name(), columns, made))
                .toList();
        List<String> found = target.indexes(name).stream()
                .filter(PostgresSchema.Index::primary)
                .flatMap(index -> index.keys().stream())
                .map(each -> String.valueOf(each.column()))
                .toList();
        if (!key.equals(found)) {
            List<String> by = new ArrayList<>(List.of("primarykey:" + table));
            columns.stream()
                    .filter(column -> column.key() > 0)
                    .forEach(column -> by.add("misfit:" + table + "." + column.name()));
            differs("primary key of " + table, "is " + found + " instead of " + key, by.toArray(String[]::new));
        }
    }

    private static String madeName(String column, List<SqliteSchema.Column> columns, List<PostgresSchema.Column> made) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).name().equalsIgnoreCase(column))
                .mapToObj(i -> made.get(i).name())
                .findFirst()
                .orElse("?" + column);
    }

    private void indexes(String table, String name, List<SqliteSchema.Column> columns, List<PostgresSchema.Column> made)
            throws SQLException {
        List<PostgresSchema.Index> left = new ArrayList<>(target.indexes(name));
        left.removeIf(PostgresSchema.Index::primary);
        List<SqliteSchema.Index> indexes = new ArrayList<>(source.indexes(table));
        // Those with a name of their own first: their names tell them from those of constraints.
        indexes.sort((one, other) -> one.origin().compareTo(other.origin()));
        for (SqliteSchema.Index index : indexes) {
            if (index.origin().equals("pk")) {
                continue;
            }
            boolean found = left.stream()
                    .filter(candidate -> matches(index, candidate, columns, made))
                    .findFirst()
                    .map(left::remove)
                    .orElse(false);
            if (!found) {
                differs("index " + index.name() + " of " + table, "is missing", "index:" + index.name());
            }
        }
        boolean nullKey = named(id -> id.startsWith("misfit:" + table + "."));
        left.stream()
                .filter(index -> !nullKey)
                .forEach(index -> differs("index " + index.name(), "is not in the source"));
    }

    private static boolean matches(
            SqliteSchema.Index index,
            PostgresSchema.Index candidate,
            List<SqliteSchema.Column> columns,
            List<PostgresSchema.Column> made) {
        if (index.unique() != candidate.unique()
                || index.partial() != candidate.partial()
                || index.keys().size() != candidate.keys().size()
                || (index.origin().equals("c")
                        && !candidate
                                .name()
                                .startsWith(index.name()
                                        .substring(0, Math.min(20, index.name().length()))))) {
            return false;
        }
        for (int i = 0; i < index.keys().size(); i++) {
            SqliteSchema.Key key = index.keys().get(i);
            PostgresSchema.Key other = candidate.keys().get(i);
            if (key.descending() != other.descending()) {
                return false;
            }
            if (key.column() == null) {
                if (other.column() != null
                        && !columns.isEmpty()
                        && other.definition().isEmpty()) {
                    return false;
                }
                continue;
            }
            String column = madeName(key.column(), columns, made);
            String type = made.stream()
                    .filter(each -> each.name().equals(column))
                    .map(PostgresSchema.Column::type)
                    .findFirst()
                    .orElse("");
            boolean text = type.equals("text") || type.equals("citext");
            boolean plain = column.equals(other.column());
            boolean right = switch (text ? key.collation() : "BINARY") {
                case "NOCASE" ->
                    plain
                            ? type.equals("citext")
                            : other.definition().startsWith("lower(")
                                    && other.definition().contains(column);
                case "RTRIM" ->
                    other.definition().startsWith("rtrim(")
                            && other.definition().contains(column);
                default ->
                    type.equals("citext")
                            ? other.definition().contains("::text")
                                    && other.definition().contains(column)
                            : plain;
            };
            if (!right) {
                return false;
            }
        }
        return true;
    }

    private void foreignKeys(
            String table, String name, List<SqliteSchema.Column> columns, List<PostgresSchema.Column> made)
            throws SQLException {
        List<PostgresSchema.ForeignKey> left = new ArrayList<>(target.foreignKeys(name));
        for (SqliteSchema.ForeignKey key : source.foreignKeys(table)) {
            List<String> children = key.columns().stream()
                    .map(column -> madeName(column, columns, made))
                    .toList();
            boolean found = left.stream()
                    .filter(candidate -> matches(key, children, candidate))
                    .findFirst()
                    .map(left::remove)
                    .orElse(false);
            boolean named = named(id -> id.startsWith("foreignkey:") && id.contains(String.join(",", key.columns())))
                    || named(id -> id.startsWith("foreignkey:") && !id.contains("."));
            if (!found && !named) {
                differences.add("foreign key " + key + " of " + table + " is missing");
            }
        }
        left.forEach(key -> differs("foreign key " + key + " of " + table, "is not in the source"));
        long deferred = source.count(table, "(?<!\\bNOT )\\bDEFERRABLE\\s+INITIALLY\\s+DEFERRED\\b");
        long kept = target.foreignKeys(name).stream()
                .filter(PostgresSchema.ForeignKey::deferred)
                .count();
        if (deferred != kept && !named(id -> id.startsWith("foreignkey:"))) {
            differences.add("table " + table + " has " + kept + " deferred foreign keys instead of " + deferred);
        }
    }

    private boolean matches(SqliteSchema.ForeignKey key, List<String> children, PostgresSchema.ForeignKey candidate) {
        boolean parentColumns = key.parentColumns().isEmpty()
                ? candidate.parentColumns().size() == key.columns().size()
                : equalIgnoringCase(key.parentColumns(), candidate.parentColumns());
        boolean parent = targetNames.entrySet().stream()
                .anyMatch(names -> names.getKey().equalsIgnoreCase(key.parent())
                        && names.getValue().equals(candidate.parent()));
        boolean validated = candidate.validated() || named(id -> id.startsWith("orphans:"));
        return parent
                && parentColumns
                && validated
                && candidate.columns().equals(children)
                && candidate.onUpdate().equals(ACTIONS.get(key.onUpdate()))
                && candidate.onDelete().equals(ACTIONS.get(key.onDelete()));
    }

    private static boolean equalIgnoringCase(List<String> some, List<String> others) {
        return some.size() == others.size()
                && IntStream.range(0, some.size()).allMatch(i -> some.get(i).equalsIgnoreCase(others.get(i)));
    }

    private void views() throws SQLException {
        List<String> made = new ArrayList<>(target.relations("v"));
        for (String view : source.names("view")) {
            if (!made.remove(view)) {
                differs("view " + view, "is missing", "view:" + view);
                continue;
            }
            List<String> columns = target.columns(view).stream()
                    .map(PostgresSchema.Column::name)
                    .toList();
            if (!columns.equals(source.viewColumns(view))) {
                differs("view " + view, "has the columns " + columns);
            }
        }
        made.forEach(view -> differs("view " + view, "is not in the source"));
    }
}
