package dev.outgrow.internal.notice;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.FullText;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.catalog.SqliteVirtualTable;
import dev.outgrow.internal.sqlite.ddl.CollationNames;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.typemap.internal.value.WaysBack;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Notices about what could not be carried back to SQLite after writes in PostgreSQL, and about values that are written
 * in several forms.
 */
public final class WayBackNotices {
    private final NoticeBook notices;
    private final Set<String> migrated = new HashSet<>();

    public WayBackNotices(NoticeBook notices) {
        this.notices = notices;
    }

    /**
     * Adds the notices about a migrated table.
     *
     * @param census the census of a column, by its name
     */
    public void table(SqliteTable table, TableMapping mapping, Function<String, ColumnCensus> census) {
        migrated.add(Identifiers.key(table.name()));
        for (ColumnMapping column : mapping.columns()) {
            String name = column.column().name();
            if (column.mapping().converter().filter(WaysBack::isOneWay).isPresent()) {
                notices.inform(
                        NoticeKind.WAY_BACK.id(table.name(), name),
                        "Values that are written to column " + table.name() + "." + name
                                + " later cannot be carried back to SQLite: its converter has no toSqlite.",
                        "Give the converter its other direction.");
            }
            if (isOfSeveralForms(column, census.apply(name))) {
                notices.inform(
                        NoticeKind.FORMS.id(table.name(), name),
                        "The values of column " + table.name() + "." + name
                                + " are written in several forms; new ones would come back to SQLite in the commonest.");
            }
        }
        leftBehind(table, mapping);
        Set<String> collations = collations(table);
        if (!collations.isEmpty()) {
            notices.inform(
                    NoticeKind.WAY_BACK.id(table.name()),
                    "Rows that are written to table " + table.name()
                            + " later cannot be carried back to SQLite: its keys are in an order that only the application knows ("
                            + String.join(", ", collations) + ").");
        } else if (Rowid.nameIn(table).isEmpty() && table.primaryKey().isEmpty()) {
            notices.inform(
                    NoticeKind.WAY_BACK.id(table.name()),
                    "Rows that are written to table " + table.name()
                            + " later cannot be carried back to SQLite: it has no key, and columns of all the names of the rowid.");
        }
    }

    /** A new row has no value for a column that stays behind, and SQLite may want one. */
    private void leftBehind(SqliteTable table, TableMapping mapping) {
        Set<String> carried = new HashSet<>();
        for (ColumnMapping column : mapping.columns()) {
            carried.add(Identifiers.key(column.column().name()));
        }
        for (SqliteColumn column : table.columns()) {
            boolean stays = column.generation().isEmpty()
                    && !column.hidden()
                    && !column.source().rowidAlias()
                    && !carried.contains(Identifiers.key(column.name()));
            boolean wanted = column.source().notNull() && column.defaultValue().isEmpty();
            if (stays && (wanted || (column.defaultValue().isPresent() && isUnique(table, column)))) {
                notices.inform(
                        NoticeKind.WAY_BACK.id(table.name(), column.name()),
                        "Rows that are inserted into table " + table.name()
                                + " later cannot be carried back to SQLite: column " + table.name() + "."
                                + column.name() + " stays behind, and "
                                + (wanted
                                        ? "is NOT NULL without a default."
                                        : "its default can stand in one row alone."),
                        "Take the column along, or give it " + (wanted ? "a default" : "no default")
                                + " in SQLite before the switch.");
            }
        }
    }

    private static boolean isUnique(SqliteTable table, SqliteColumn column) {
        if (table.primaryKey().isPresent() && table.primaryKey().get().columns().equals(List.of(column.name()))) {
            return true;
        }
        for (SqliteIndex index : table.indexes()) {
            if (index.unique()
                    && index.terms().size() == 1
                    && index.terms().get(0).column().equals(Optional.of(column.name()))) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> collations(SqliteTable table) {
        Set<String> names = new HashSet<>(CollationNames.ofTheApplication(table.sql()));
        for (SqliteIndex index : table.indexes()) {
            if (index.sql().isPresent()) {
                names.addAll(CollationNames.ofTheApplication(index.sql().get()));
            }
        }
        return names;
    }

    private static boolean isOfSeveralForms(ColumnMapping column, ColumnCensus census) {
        boolean text = census.count(StorageClass.TEXT) > census.count(Trait.BLANK);
        boolean numbers = census.count(StorageClass.INTEGER) + census.count(StorageClass.REAL) > 0;
        if (column.mapping().converter().isPresent()) {
            return false;
        }
        return switch (column.mapping().type().kind()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                (text && numbers)
                        || among(census, Trait.NAIVE_TIME, Trait.ZONED_TIME)
                        || among(census, Trait.DATE, Trait.TIME_OF_DAY)
                        || among(census, Trait.T_BETWEEN, Trait.BLANK_BETWEEN);
            case UUID ->
                among(census, Trait.UUID_TEXT, Trait.UUID_HEX)
                        || among(census, Trait.UUID_TEXT, Trait.UUID_BLOB)
                        || among(census, Trait.UUID_HEX, Trait.UUID_BLOB)
                        || among(census, Trait.LOWER_CASE, Trait.UPPER_CASE);
            case BOOLEAN, NUMERIC -> text && numbers;
            case SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE_PRECISION,
                    TEXT,
                    VARCHAR,
                    CHAR,
                    CITEXT,
                    BYTEA,
                    INTERVAL,
                    JSON,
                    JSONB,
                    INET,
                    CIDR,
                    MACADDR,
                    ENUM,
                    ARRAY -> false;
        };
    }

    private static boolean among(ColumnCensus census, Trait one, Trait other) {
        return census.count(one) > 0 && census.count(other) > 0;
    }

    /**
     * Names the virtual tables that a way back would leave as they were: neither they nor the rows behind them are
     * migrated.
     */
    public void virtualTables(Catalog catalog) {
        for (SqliteVirtualTable table : catalog.virtualTables()) {
            boolean ofAnother = table.readable()
                    && FullText.of(table)
                            .flatMap(FullText::content)
                            .filter(content -> !content.isEmpty())
                            .isPresent();
            if (!ofAnother && !migrated.contains(Identifiers.key(table.name()))) {
                notices.inform(
                        NoticeKind.WAY_BACK.id(table.name()),
                        "The virtual table " + table.name()
                                + " would be as it is now after a way back: the application has to build it anew.");
            }
        }
    }
}
