package dev.outgrow.internal.plan;

import com.google.common.base.Ascii;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Convention;
import dev.outgrow.typemap.Conventions;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The unmistakable signs of the library that wrote a file: the tables that the library keeps for itself. */
final class ConventionSigns {
    private static final Pattern DATE = Pattern.compile("(?i)\\s*date\\s*");
    private static final Pattern TIME = Pattern.compile("(?i)\\s*time\\s*(\\(\\d\\))?\\s*");
    private static final Pattern OF_GORM_1_9 =
            Pattern.compile("\"id\" integer primary key autoincrement,\"created_at\" datetime,");
    private static final Pattern TYPE_ORM_KEY = Pattern.compile("CONSTRAINT \"(FK|UQ|REL)_[0-9a-f]{26,27}\"");
    private static final Pattern TYPE_ORM_INDEX = Pattern.compile("IDX_[0-9a-f]{26}");

    /** Ebean pads the names of columns to thirty characters, and names the key. */
    private static final Pattern OF_EBEAN =
            Pattern.compile("(?i)create table \\S+ \\(\\n {2}(?=.{29} \\S)\\S+ +\\S[^;]*,\\n {2}constraint pk_");

    private static final long DAY = 86_400_000L;

    private final Catalog catalog;
    private final Map<String, TableCensus> census;
    private final Set<String> decided;

    /**
     * The signs in a file.
     *
     * @param decided the columns that a convention has decided already, with their tables
     */
    ConventionSigns(Catalog catalog, Map<String, TableCensus> census, Set<String> decided) {
        this.catalog = catalog;
        this.census = census;
        this.decided = decided;
    }

    /**
     * What the file shows of one convention.
     *
     * @param convention in UTC
     * @param sign where it shows
     */
    record Sign(Convention convention, String sign) {}

    /** The conventions whose library is certain. */
    List<Sign> found() {
        List<Sign> found = new ArrayList<>();
        table(found, Conventions.django(), "django_migrations", "app", "name", "applied");
        table(found, Conventions.sqlAlchemy(), "alembic_version", "version_num");
        if (has("ar_internal_metadata", "key", "value")) {
            table(found, Conventions.rails(), "schema_migrations", "version");
        }
        table(found, Conventions.laravel(), "migrations", "id", "migration", "batch");
        table(found, Conventions.doctrine(), "doctrine_migration_versions", "version", "executed_at");
        table(found, Conventions.typeOrm(), "migrations", "id", "timestamp", "name");
        table(found, Conventions.sequelize(), "SequelizeMeta", "name");
        table(found, Conventions.prisma(), "_prisma_migrations", "id", "migration_name", "checksum");
        table(found, Conventions.knex(), "knex_migrations", "name", "batch", "migration_time");
        table(found, Conventions.mikroOrm(), "mikro_orm_migrations", "name");
        table(found, Conventions.drizzle(), "__drizzle_migrations", "hash", "created_at");
        table(found, Conventions.efCore(), "__EFMigrationsHistory", "MigrationId", "ProductVersion");
        if (has("Z_METADATA", "Z_VERSION")) {
            table(found, Conventions.coreData(), "Z_PRIMARYKEY", "Z_ENT", "Z_NAME");
        }
        table(found, Conventions.room(), "room_master_table", "id", "identity_hash");
        table(found, Conventions.jobRunr(), "jobrunr_jobs", "id", "jobAsJson");
        table(found, Conventions.ebean(ZoneOffset.UTC), "db_migration", "mtype", "mversion", "mchecksum");
        hibernate(found);
        first(
                found,
                Conventions.ebean(ZoneOffset.UTC),
                table -> OF_EBEAN.matcher(table.sql()).find());
        gorm(found);
        doctrineComments(found);
        typeOrmNames(found);
        if (found.stream().noneMatch(sign -> sign.convention().zone().isPresent())) {
            sqliteJdbc(found);
        }
        Map<String, Sign> each = new LinkedHashMap<>();
        found.forEach(sign -> each.putIfAbsent(sign.convention().name(), sign));
        return List.copyOf(each.values());
    }

    private void table(List<Sign> found, Convention convention, String table, String... columns) {
        if (has(table, columns)) {
            found.add(new Sign(convention, "table " + table));
        }
    }

    private boolean has(String name, String... columns) {
        return catalog.tables().stream()
                .anyMatch(table -> Ascii.equalsIgnoreCase(table.name(), name)
                        && Arrays.stream(columns)
                                .allMatch(column -> table.column(column).isPresent()));
    }

    private void first(List<Sign> found, Convention convention, Predicate<SqliteTable> shows) {
        catalog.tables().stream()
                .filter(shows)
                .findFirst()
                .ifPresent(table -> found.add(new Sign(convention, "table " + table.name())));
    }

    private void hibernate(List<Sign> found) {
        Set<String> counters = Set.of("next_val", "sequence_name,next_val", "next_val,sequence_name");
        first(
                found,
                Conventions.hibernate(ZoneOffset.UTC),
                table -> counters.contains(columns(table))
                        || table.column("hib_sess_id").isPresent());
    }

    private static String columns(SqliteTable table) {
        return table.columns().stream().map(SqliteColumn::name).collect(Collectors.joining(","));
    }

    private void gorm(List<Sign> found) {
        first(
                found,
                Conventions.gorm(),
                table -> table.column("created_at").isPresent()
                        && table.column("deleted_at").isPresent()
                        && (table.sql().contains("`")
                                || OF_GORM_1_9.matcher(table.sql()).find())
                        && table.indexes().stream()
                                .map(SqliteIndex::name)
                                .anyMatch(("idx_" + table.name() + "_deleted_at")::equals));
    }

    private void doctrineComments(List<Sign> found) {
        first(found, Conventions.doctrine(), table -> table.sql().contains("(DC2Type:"));
    }

    /** TypeORM names keys and indexes by 26 or 27 digits of a hash, also where it makes the tables without a book of migrations. */
    private void typeOrmNames(List<Sign> found) {
        first(
                found,
                Conventions.typeOrm(),
                table -> TYPE_ORM_KEY.matcher(table.sql()).find()
                        || table.indexes().stream()
                                .map(SqliteIndex::name)
                                .anyMatch(name -> TYPE_ORM_INDEX.matcher(name).matches()));
    }

    /**
     * Numbers in a column declared TIME, or milliseconds in one declared DATE: no other library for SQLite stores them
     * that way.
     */
    private void sqliteJdbc(List<Sign> found) {
        for (SqliteTable table : catalog.tables()) {
            TableCensus counted = census.get(table.name());
            for (SqliteColumn column : counted == null ? List.<SqliteColumn>of() : table.columns()) {
                ColumnCensus values = counted == null ? null : counted.columns().get(column.name());
                if (values != null
                        && !decided.contains(column.source().qualifiedName())
                        && isOfSqliteJdbc(column, values)) {
                    found.add(new Sign(
                            Conventions.sqliteJdbc(ZoneOffset.UTC),
                            "column " + column.source().qualifiedName()));
                    return;
                }
            }
        }
    }

    private static boolean isOfSqliteJdbc(SqliteColumn column, ColumnCensus values) {
        String declared = column.source().declaredType().toUpperCase(Locale.ROOT);
        long integers = values.count(StorageClass.INTEGER);
        if (integers == 0 || integers != values.values()) {
            return false;
        }
        if (TIME.matcher(declared).matches()) {
            return values.ranges().smallestInteger().orElse(DAY) > -DAY
                    && values.ranges().largestInteger().orElse(DAY) < 2 * DAY;
        }
        return DATE.matcher(declared).matches() && values.count(Trait.UNIX_MILLISECONDS) > 0;
    }
}
