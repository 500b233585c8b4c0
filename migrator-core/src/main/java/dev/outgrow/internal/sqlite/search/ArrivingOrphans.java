package dev.outgrow.internal.sqlite.search;

import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.InvalidTextRemedy;
import dev.outgrow.typemap.NulRemedy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeMapping;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * Looks for orphans among the values as they arrive: if a rule turns blank text into NULL, or a type makes two
 * spellings equal, SQLite's notion of a missing parent differs from PostgreSQL's. Keeps a bounded number of digests at
 * a time.
 */
final class ArrivingOrphans {
    private static final int MOST_DIGESTS = 1 << 20;
    private static final int MOST_KEYS = 5;

    private final OrphanSearch.Suspect suspect;
    private final List<TypeMapping> child;
    private final List<TypeMapping> parent;

    /**
     * A search for one foreign key.
     *
     * @param mappings what the columns of a table become, by the table and the column's name
     */
    ArrivingOrphans(OrphanSearch.Suspect suspect, BiFunction<SqliteTable, String, TypeMapping> mappings) {
        this.suspect = suspect;
        SqliteForeignKey key = suspect.key();
        child = key.columns().stream()
                .map(column -> mappings.apply(suspect.child(), column))
                .toList();
        parent = key.parentColumns().stream()
                .map(column -> mappings.apply(suspect.parent(), column))
                .toList();
    }

    /** Whether values that differ in the source may arrive as equal, or the other way round. */
    boolean matter() {
        return !child.stream().allMatch(ArrivingOrphans::isPlain)
                || !parent.stream().allMatch(ArrivingOrphans::isPlain);
    }

    private static boolean isPlain(TypeMapping mapping) {
        boolean plain = !mapping.blankAsNull()
                && mapping.converter().isEmpty()
                && mapping.valueMap().isEmpty()
                && mapping.type().kind() != PgType.Kind.REAL
                && mapping.nul() == NulRemedy.REFUSE
                && mapping.invalidText() == InvalidTextRemedy.REFUSE;
        return plain
                && switch (mapping.type().kind()) {
                    case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC, BOOLEAN, TEXT, VARCHAR, BYTEA ->
                        true;
                    case CHAR,
                            CITEXT,
                            DATE,
                            TIME,
                            TIMESTAMP,
                            TIMESTAMPTZ,
                            INTERVAL,
                            JSON,
                            JSONB,
                            UUID,
                            INET,
                            CIDR,
                            MACADDR,
                            ENUM,
                            ARRAY -> false;
                };
    }

    /** Looks at every row of both tables; empty if none is an orphan. */
    Optional<Orphans> search(long parents, Connection connection, TextEncoding encoding) {
        int parts = (int) (1 + parents / MOST_DIGESTS);
        long orphans = 0;
        List<String> keys = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            long[] known = known(part, parts, connection, encoding);
            List<String> columns =
                    new ArrayList<>(exact(suspect.child(), suspect.key().columns()));
            int width = columns.size();
            suspect.child()
                    .primaryKey()
                    .ifPresent(key -> exact(suspect.child(), key.columns()).stream()
                            .filter(column -> !columns.contains(column))
                            .forEach(columns::add));
            ArrivingKey digests = new ArrivingKey(child);
            try (RowReader reader = RowReader.open(connection, RowQuery.all(suspect.child(), columns), encoding)) {
                KeyText text = KeyText.of(suspect.child(), columns, reader.slots());
                while (reader.next()) {
                    OptionalLong digest = digests.digest(Arrays.copyOf(reader.slots(), width));
                    if (digest.isPresent()
                            && Math.floorMod(digest.getAsLong(), parts) == part
                            && Arrays.binarySearch(known, digest.getAsLong()) < 0) {
                        orphans++;
                        if (keys.size() < MOST_KEYS) {
                            keys.add(text.text());
                        }
                    }
                }
            }
        }
        return orphans == 0
                ? Optional.empty()
                : Optional.of(new Orphans(suspect.child().name(), suspect.key().id(), orphans, keys, false));
    }

    private long[] known(int part, int parts, Connection connection, TextEncoding encoding) {
        long[] known = new long[1024];
        int size = 0;
        ArrivingKey digests = new ArrivingKey(parent);
        List<String> columns = exact(suspect.parent(), suspect.key().parentColumns());
        try (RowReader reader = RowReader.open(connection, RowQuery.all(suspect.parent(), columns), encoding)) {
            while (reader.next()) {
                OptionalLong digest = digests.digest(reader.slots());
                if (digest.isPresent() && Math.floorMod(digest.getAsLong(), parts) == part) {
                    known = size == known.length ? Arrays.copyOf(known, size * 2) : known;
                    known[size++] = digest.getAsLong();
                }
            }
        }
        long[] sorted = Arrays.copyOf(known, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The names in the table's own spelling. */
    private static List<String> exact(SqliteTable table, List<String> names) {
        return names.stream()
                .flatMap(name -> table.columns().stream()
                        .map(column -> column.name())
                        .filter(column -> Identifiers.same(column, name)))
                .toList();
    }
}
