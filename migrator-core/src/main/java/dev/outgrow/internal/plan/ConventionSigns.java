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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

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

    private static final Set<String> COUNTERS_OF_HIBERNATE =
            Set.of("next_val", "sequence_name,next_val", "next_val,sequence_name");

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
        // A convention is made only where it shows: all of them together are dozens of patterns.
        if (has("django_migrations", "app", "name", "applied")) {
            found.add(table(Conventions.django(), "django_migrations"));
        }
        if (has("alembic_version", "version_num")) {
            found.add(table(Conventions.sqlAlchemy(), "alembic_version"));
        }
        if (has("ar_internal_metadata", "key", "value") && has("schema_migrations", "version")) {
            found.add(table(Conventions.rails(), "schema_migrations"));
        }
        if (has("migrations", "id", "migration", "batch")) {
            found.add(table(Conventions.laravel(), "migrations"));
        }
        if (has("doctrine_migration_versions", "version", "executed_at")) {
            found.add(table(Conventions.doctrine(), "doctrine_migration_versions"));
        }
        if (has("migrations", "id", "timestamp", "name")) {
            found.add(table(Conventions.typeOrm(), "migrations"));
        }
        if (has("SequelizeMeta", "name")) {
            found.add(table(Conventions.sequelize(), "SequelizeMeta"));
        }
        if (has("_prisma_migrations", "id", "migration_name", "checksum")) {
            found.add(table(Conventions.prisma(), "_prisma_migrations"));
        }
        if (has("knex_migrations", "name", "batch", "migration_time")) {
            found.add(table(Conventions.knex(), "knex_migrations"));
        }
        if (has("mikro_orm_migrations", "name")) {
            found.add(table(Conventions.mikroOrm(), "mikro_orm_migrations"));
        }
        if (has("__drizzle_migrations", "hash", "created_at")) {
            found.add(table(Conventions.drizzle(), "__drizzle_migrations"));
        }
        if (has("__EFMigrationsHistory", "MigrationId", "ProductVersion")) {
            found.add(table(Conventions.efCore(), "__EFMigrationsHistory"));
        }
        if (has("Z_METADATA", "Z_VERSION") && has("Z_PRIMARYKEY", "Z_ENT", "Z_NAME")) {
            found.add(table(Conventions.coreData(), "Z_PRIMARYKEY"));
        }
        if (has("room_master_table", "id", "identity_hash")) {
            found.add(table(Conventions.room(), "room_master_table"));
        }
        if (has("jobrunr_jobs", "id", "jobAsJson")) {
            found.add(table(Conventions.jobRunr(), "jobrunr_jobs"));
        }
        if (has("db_migration", "mtype", "mversion", "mchecksum")) {
            found.add(table(Conventions.ebean(ZoneOffset.UTC), "db_migration"));
        }
        byTheirTables(found);
        boolean zoned = false;
        for (Sign sign : found) {
            zoned |= sign.convention().zone().isPresent();
        }
        if (!zoned) {
            sqliteJdbc(found);
        }
        Map<String, Sign> each = new LinkedHashMap<>();
        for (Sign sign : found) {
            each.putIfAbsent(sign.convention().name(), sign);
        }
        return List.copyOf(each.values());
    }

    private static Sign table(Convention convention, String table) {
        return new Sign(convention, "table " + table);
    }

    private boolean has(String name, String... columns) {
        for (SqliteTable table : catalog.tables()) {
            if (Ascii.equalsIgnoreCase(table.name(), name) && hasAll(table, columns)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasAll(SqliteTable table, String... columns) {
        for (String column : columns) {
            if (table.column(column).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** What the tables that the library makes for the app's own rows show. */
    private void byTheirTables(List<Sign> found) {
        first(ConventionSigns::isOfHibernate)
                .ifPresent(name -> found.add(table(Conventions.hibernate(ZoneOffset.UTC), name)));
        first(table -> OF_EBEAN.matcher(table.sql()).find())
                .ifPresent(name -> found.add(table(Conventions.ebean(ZoneOffset.UTC), name)));
        first(ConventionSigns::isOfGorm).ifPresent(name -> found.add(table(Conventions.gorm(), name)));
        first(table -> table.sql().contains("(DC2Type:"))
                .ifPresent(name -> found.add(table(Conventions.doctrine(), name)));
        first(table -> table.sql().contains("chk_" + table.name() + "_signed_integer_"))
                .ifPresent(name -> found.add(table(Conventions.exposed(), name)));
        first(ConventionSigns::isOfTypeOrm).ifPresent(name -> found.add(table(Conventions.typeOrm(), name)));
    }

    /** The name of the first table that shows something. */
    private Optional<String> first(Predicate<SqliteTable> shows) {
        for (SqliteTable table : catalog.tables()) {
            if (shows.test(table)) {
                return Optional.of(table.name());
            }
        }
        return Optional.empty();
    }

    private static boolean isOfHibernate(SqliteTable table) {
        List<String> names = new ArrayList<>();
        for (SqliteColumn column : table.columns()) {
            names.add(column.name());
        }
        return COUNTERS_OF_HIBERNATE.contains(String.join(",", names))
                || table.column("hib_sess_id").isPresent();
    }

    private static boolean isOfGorm(SqliteTable table) {
        return hasAll(table, "created_at", "deleted_at")
                && (table.sql().contains("`")
                        || OF_GORM_1_9.matcher(table.sql()).find())
                && hasIndex(table, name -> name.equals("idx_" + table.name() + "_deleted_at"));
    }

    /** TypeORM names keys and indexes by 26 or 27 digits of a hash, also where it makes the tables without a book of migrations. */
    private static boolean isOfTypeOrm(SqliteTable table) {
        return TYPE_ORM_KEY.matcher(table.sql()).find()
                || hasIndex(table, name -> TYPE_ORM_INDEX.matcher(name).matches());
    }

    private static boolean hasIndex(SqliteTable table, Predicate<String> named) {
        for (SqliteIndex index : table.indexes()) {
            if (named.test(index.name())) {
                return true;
            }
        }
        return false;
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
