package dev.outgrow.internal.sqlite.search;

import static java.util.stream.Collectors.joining;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.decode.JsonNumbers;
import dev.outgrow.typemap.internal.decode.Proofs;
import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks for rows whose keys differ in SQLite and are equal in PostgreSQL: the index of the key would fail after all
 * rows are loaded. The census clears most keys, and a check whether any value is written in more than one way clears
 * most of the others; the rest is decided by digests, a bounded number of them at a time.
 */
public final class KeySearch {
    private static final int MOST_DIGESTS = 1 << 20;
    private static final TypeMapping TEXT = new TypeMapping(PgType.TEXT, Representation.TEXT_OF_NUMBER);

    private final Connection connection;
    private final TextEncoding encoding;
    private final int mostDigests;

    public KeySearch(Connection connection, TextEncoding encoding) {
        this(connection, encoding, MOST_DIGESTS);
    }

    KeySearch(Connection connection, TextEncoding encoding, int mostDigests) {
        this.connection = connection;
        this.encoding = encoding;
        this.mostDigests = mostDigests;
    }

    /**
     * A unique key that consists only of columns, with the collating sequence by which SQLite distinguishes the values
     * of each.
     */
    private record Key(List<String> columns, List<String> collations, boolean primary, Optional<SqlText> predicate) {
        /**
         * Whether PostgreSQL compares a column of citext as citext does. A primary key is on the column itself; an index
         * by another collating sequence is on the column's text, for which case matters.
         */
        boolean comparesAsCitext(int column) {
            return primary || collations.get(column).equals("NOCASE");
        }
    }

    /**
     * Searches one table.
     *
     * @param chosen what each column becomes, by its name
     */
    public List<MergedKey> search(SqliteTable table, TableCensus census, Function<String, ColumnMapping> chosen) {
        List<MergedKey> found = new ArrayList<>();
        for (Key key : keys(table)) {
            List<ColumnMapping> columns = new ArrayList<>();
            boolean fits = true;
            boolean suspect = false;
            for (String name : key.columns()) {
                ColumnMapping column = chosen.apply(name);
                columns.add(column);
                fits &= fits(column);
                suspect |= isSuspect(column, census.column(column.column().name()));
            }
            if (fits && suspect) {
                search(table, key, columns, census).ifPresent(found::add);
            }
        }
        return found;
    }

    private static List<Key> keys(SqliteTable table) {
        List<Key> keys = new ArrayList<>();
        if (table.primaryKey().isPresent() && table.rowidAlias().isEmpty()) {
            keys.add(primary(table, table.primaryKey().get().columns()));
        }
        for (SqliteIndex index : table.indexes()) {
            List<String> columns = new ArrayList<>();
            List<String> collations = new ArrayList<>();
            for (SqliteIndex.IndexTerm term : index.terms()) {
                if (term.column().isPresent()) {
                    columns.add(term.column().get());
                }
                collations.add(term.collation());
            }
            if (index.unique()
                    && index.origin() != SqliteIndex.MadeBy.PRIMARY_KEY
                    && columns.size() == index.terms().size()) {
                keys.add(new Key(exact(table, columns), collations, false, index.predicate()));
            }
        }
        return keys;
    }

    /** One that distinguishes case over a column that does not is an index over the column's text, and no primary key. */
    private static Key primary(SqliteTable table, List<String> columns) {
        List<String> collations = new ArrayList<>();
        boolean kept = true;
        for (SqliteIndex index : table.indexes()) {
            for (int i = 0; index.origin() == SqliteIndex.MadeBy.PRIMARY_KEY && i < columns.size(); i++) {
                String own = index.terms().get(i).collation();
                SqliteColumn column = table.column(columns.get(i)).orElseThrow();
                kept &= own.equals("NOCASE") || !column.source().collation().equals("NOCASE");
                collations.add(own);
            }
        }
        return new Key(exact(table, columns), collations, kept, Optional.empty());
    }

    /** The names in the table's own spelling. */
    private static List<String> exact(SqliteTable table, List<String> names) {
        List<String> exact = new ArrayList<>();
        for (String name : names) {
            for (SqliteColumn column : table.columns()) {
                if (Identifiers.same(column.name(), name)) {
                    exact.add(column.name());
                }
            }
        }
        return exact;
    }

    /** Whether every value of the column fits; a NULL in the key may be accepted, and equals nothing. */
    private static boolean fits(ColumnMapping column) {
        for (Misfit misfit : column.misfits()) {
            if (misfit.kind() != Misfit.Kind.NULL_KEY) {
                return false;
            }
        }
        return true;
    }

    /** Whether the column's type may make two values equal, judging by their storage classes. */
    private static boolean isSuspect(ColumnMapping column, ColumnCensus census) {
        if (column.mapping().converter().isPresent()
                || column.mapping().valueMap().isPresent()) {
            return true;
        }
        long integers = census.count(StorageClass.INTEGER);
        long reals = census.count(StorageClass.REAL);
        long texts = census.count(StorageClass.TEXT);
        long blobs = census.count(StorageClass.BLOB);
        int classes = (integers + reals > 0 ? 1 : 0) + (texts > 0 ? 1 : 0) + (blobs > 0 ? 1 : 0);
        return switch (column.mapping().type().kind()) {
            case SMALLINT, INTEGER, BIGINT, DOUBLE_PRECISION -> texts + blobs > 0;
            // Only four of eight bytes are kept.
            case REAL -> classes > 0;
            // A double beyond 2^53 is written as its shortest decimal, which may be another integer of the column.
            case NUMERIC -> texts + blobs > 0 || (integers > 0 && census.count(Trait.FRACTIONAL) > 0);
            case TEXT -> classes > 1 || census.count(Trait.NUL) + census.count(Trait.INVALID_UTF8) > 0;
            case BYTEA -> classes > 1;
            case UUID -> texts > 0;
            case BOOLEAN -> texts > 0 || column.mapping().nonZeroAsTrue();
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> texts + blobs + reals > 0 || mayMerge(column.mapping());
            case VARCHAR, CHAR, CITEXT, INTERVAL, JSON, JSONB, INET, CIDR, MACADDR, ENUM, ARRAY -> classes > 0;
        };
    }

    /**
     * Whether different integers of a column may become the same time: in an hour that a zone's clocks show twice, or
     * when digits are cut.
     */
    private static boolean mayMerge(TypeMapping mapping) {
        return mapping.zone().isPresent()
                || mapping.representation() == Representation.TIME_DIGITS
                || mapping.epoch().isPresent()
                || mapping.type().fractionDigits().orElse(6) < 6;
    }

    private Optional<MergedKey> search(SqliteTable table, Key key, List<ColumnMapping> columns, TableCensus census) {
        Scan scan = new Scan(
                table, key, columns.stream().map(ColumnMapping::mapping).toList());
        List<String> culprits = scan.culprits();
        if (culprits.isEmpty()) {
            return Optional.empty();
        }
        Merged merged = merged(scan, census.rows());
        if (merged.rows() == 0) {
            return Optional.empty();
        }
        boolean bytes =
                culprits.stream().anyMatch(column -> census.column(column).count(StorageClass.BLOB) > 0);
        List<TypeMapping> asText = columns.stream()
                .map(column -> culprits.contains(column.column().name()) ? TEXT : column.mapping())
                .toList();
        boolean toldAsText =
                !bytes && merged(new Scan(table, key, asText), census.rows()).rows() == 0;
        List<String> keys = scan.keys(merged.samples());
        return Optional.of(new MergedKey(table.name(), key.columns(), culprits, merged.rows(), keys, toldAsText));
    }

    /** The rows that share their digest with another, and some of those digests. */
    private record Merged(long rows, List<Long> samples) {}

    private Merged merged(Scan scan, long rows) {
        int parts = (int) Math.max(1, (rows + mostDigests - 1) / mostDigests);
        long merged = 0;
        List<Long> samples = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            long[] digests = scan.digests(part, parts);
            Arrays.sort(digests);
            for (int i = 0; i < digests.length; ) {
                int end = i + 1;
                while (end < digests.length && digests[end] == digests[i]) {
                    end++;
                }
                if (end - i > 1) {
                    merged += end - i;
                    if (samples.size() < Evidence.MOST_KEYS) {
                        samples.add(digests[i]);
                    }
                }
                i = end;
            }
        }
        return new Merged(merged, samples);
    }

    /** Reads the columns of one key, from the first row at each call. */
    private final class Scan {
        private final SqliteTable table;
        private final Key key;
        private final List<TypeMapping> mappings;
        private final List<String> names;
        private final ValueProof[] proofs;
        private final ValueSlot canonical = new ValueSlot();

        Scan(SqliteTable table, Key key, List<TypeMapping> mappings) {
            this.table = table;
            this.key = key;
            this.mappings = mappings;
            this.names = new ArrayList<>(key.columns());
            exact(table, table.primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of())).stream()
                    .filter(column -> !names.contains(column))
                    .forEach(names::add);
            this.proofs = mappings.stream().map(Proofs::proofFor).toArray(ValueProof[]::new);
        }

        private RowReader open() {
            boolean rowid = table.primaryKey().isEmpty();
            String list = names.stream()
                            .map(name -> "r." + SqliteName.quote(name))
                            .collect(joining(", "))
                    + (rowid ? Rowid.nameIn(table).map(name -> ", r." + name).orElse("") : "");
            String where = key.predicate()
                    .map(predicate -> " WHERE " + predicate.text())
                    .orElse("");
            boolean readsRowid = rowid && Rowid.nameIn(table).isPresent();
            return RowReader.open(
                    connection,
                    RowQuery.of(
                            "table " + table.name(),
                            "SELECT " + list + " FROM main." + SqliteName.quote(table.name()) + " AS r NOT INDEXED"
                                    + where,
                            names.size() + (readsRowid ? 1 : 0)),
                    encoding);
        }

        /** The columns in which a value is written in more than one way. */
        List<String> culprits() {
            boolean[] found = new boolean[proofs.length];
            try (RowReader reader = open()) {
                while (reader.next()) {
                    for (int i = 0; i < proofs.length; i++) {
                        found[i] |= !found[i] && isManifold(i, reader.slots()[i]);
                    }
                }
            }
            List<String> culprits = new ArrayList<>();
            for (int i = 0; i < found.length; i++) {
                if (found[i]) {
                    culprits.add(names.get(i));
                }
            }
            return culprits;
        }

        private boolean isManifold(int column, ValueSlot value) {
            if (mappings.get(column).representation() == Representation.CUSTOM) {
                return true;
            }
            return (isCitext(column) && isFolded(value.bytes(), key.collations().get(column)))
                    || proofs[column].canonical(value, canonical) == ValueProof.Outcome.NORMALISED
                    || (isJsonb(column) && !Arrays.equals(JsonNumbers.shortened(value.bytes()), value.bytes()));
        }

        /** Whether citext may fold what SQLite does not: its NOCASE folds ASCII alone. */
        private static boolean isFolded(byte[] text, String collation) {
            boolean beyondAscii = false;
            for (byte each : text) {
                beyondAscii |= each < 0;
            }
            return beyondAscii || !collation.equals("NOCASE");
        }

        private boolean isCitext(int column) {
            return mappings.get(column).type().kind() == PgType.Kind.CITEXT && key.comparesAsCitext(column);
        }

        private boolean isJsonb(int column) {
            return mappings.get(column).type().kind() == PgType.Kind.JSONB;
        }

        /** The digests of the keys that belong to a part. */
        long[] digests(int part, int parts) {
            long[] digests = new long[1024];
            int size = 0;
            try (RowReader reader = open()) {
                while (reader.next()) {
                    Optional<Long> digest = digest(reader.slots());
                    if (digest.isPresent() && Math.floorMod(digest.get(), parts) == part) {
                        if (size == digests.length) {
                            digests = Arrays.copyOf(digests, size * 2);
                        }
                        digests[size++] = digest.get();
                    }
                }
            }
            return Arrays.copyOf(digests, size);
        }

        /** The keys of up to five rows with these digests. */
        List<String> keys(List<Long> samples) {
            List<String> keys = new ArrayList<>();
            try (RowReader reader = open()) {
                KeyText text = KeyText.of(table, names, reader.slots());
                while (keys.size() < Evidence.MOST_KEYS && reader.next()) {
                    Optional<Long> digest = digest(reader.slots());
                    if (digest.isPresent() && samples.contains(digest.get())) {
                        keys.add(text.text());
                    }
                }
            }
            return keys;
        }

        /** The digest of the key as PostgreSQL sees it; empty if it contains NULL, which equals nothing. */
        private Optional<Long> digest(ValueSlot[] slots) {
            Hasher hasher = Hashing.murmur3_128().newHasher();
            for (int i = 0; i < proofs.length; i++) {
                proofs[i].canonical(slots[i], canonical);
                switch (canonical.storageClass()) {
                    case NULL -> {
                        return Optional.empty();
                    }
                    case INTEGER -> hasher.putLong(canonical.integer());
                    // -0.0 and 0.0 are equal in both databases.
                    case REAL -> hasher.putDouble(canonical.real() + 0.0);
                    case TEXT, BLOB -> {
                        byte[] bytes = asCompared(i, canonical.bytes());
                        hasher.putInt(bytes.length).putBytes(bytes);
                    }
                }
            }
            return Optional.of(hasher.hash().asLong());
        }

        /** The same bytes for values that are equal in PostgreSQL. */
        private byte[] asCompared(int column, byte[] text) {
            return isCitext(column) ? folded(text) : isJsonb(column) ? JsonNumbers.shortened(text) : text;
        }

        private static byte[] folded(byte[] text) {
            return new String(text, StandardCharsets.UTF_8)
                    .toLowerCase(Locale.ROOT)
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
