package dev.outgrow.internal.plan;

import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.Statement.Doubtful;
import dev.outgrow.internal.blueprint.TranslatedIndex;
import dev.outgrow.internal.limits.Limits;
import dev.outgrow.internal.notice.ColumnRemedies;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sql.IndexTranslator;
import dev.outgrow.internal.sql.Translation;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex.MadeBy;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.validate.internal.catalog.TableExpectations.ExpectedConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The primary key, the UNIQUE constraints and the indexes of one table, as statements that come once its rows are in. */
final class KeyPlanner {
    private final PlannedColumns columns;
    private final IndexTranslator translator;
    private final TableCensus census;
    private final TargetNames names;
    private final NoticeBook notices;
    private final RoomAnswers room;
    private final List<Statement> uniqueIndexStatements = new ArrayList<>();
    private final List<Statement> indexStatements = new ArrayList<>();
    private final List<Statement> keyStatements = new ArrayList<>();
    private final List<ExpectedConstraint> constraints = new ArrayList<>();
    private final List<String> indexes = new ArrayList<>();
    private final List<TranslatedIndex> translatedIndexes = new ArrayList<>();
    private boolean keyed;

    KeyPlanner(PlannedColumns columns, TableCensus census, TargetNames names, NoticeBook notices, RoomAnswers room) {
        this.columns = columns;
        this.translator = new IndexTranslator(columns.relation());
        this.census = census;
        this.names = names;
        this.notices = notices;
        this.room = room;
    }

    /** Decides; the other methods return the decisions. */
    KeyPlanner plan() {
        if (columns.table().primaryKey().isPresent()) {
            primaryKey(columns.table().primaryKey().get());
        }
        for (SqliteIndex index : columns.table().indexes()) {
            if (index.origin() != MadeBy.PRIMARY_KEY) {
                index(index);
            }
        }
        return this;
    }

    /** The unique indexes that foreign keys may point to, including those from which keys are made. */
    List<Statement> uniqueIndexStatements() {
        return uniqueIndexStatements;
    }

    /** The other indexes. */
    List<Statement> indexStatements() {
        return indexStatements;
    }

    /**
     * The statements that turn existing unique indexes into keys: making the index first does not lock the table for
     * its other indexes.
     */
    List<Statement> keyStatements() {
        return keyStatements;
    }

    /** Primary key and UNIQUE constraints. */
    List<ExpectedConstraint> constraints() {
        return constraints;
    }

    /** Indexes that serve no constraint. */
    List<String> indexes() {
        return indexes;
    }

    /** Whether the primary key identifies every row. */
    boolean keyed() {
        return keyed;
    }

    private void primaryKey(SqlitePrimaryKey key) {
        List<String> targets = targets(key.columns());
        Optional<ColumnMapping> tooCoarse = PrimaryKeyIndex.tooCoarse(columns);
        boolean unique = nullsAccepted(key) || tooCoarse.isPresent();
        keyed = !unique;
        String id = NoticeKind.PRIMARY_KEY.id(columns.table().name());
        if (!indexable(id, "The primary key", key.columns(), key.columns().size())) {
            return;
        }
        Optional<Doubtful> doubtful = doubtful(id, key.columns());
        Optional<String> terms = PrimaryKeyIndex.otherTerms(columns, notices);
        tooCoarse.ifPresent(column -> PrimaryKeyIndex.replaced(columns, column, notices));
        if (unique || terms.isPresent()) {
            String name = names.takeMade(columns.targetName(), targets, "key");
            indexes.add(name);
            uniqueIndexStatements.add(
                    uniqueIndex(name, terms.orElse(list(targets))).doubting(doubtful));
        }
        if (!unique) {
            String name = key.constraintName().isPresent()
                    ? taken("The primary key", key.constraintName().get())
                    : names.takeMade(columns.targetName(), List.of(), "pkey");
            key(name, "PRIMARY KEY", list(targets), doubtful);
        }
    }

    /** SQLite allows NULL in a primary key that is neither a rowid alias nor belongs to a WITHOUT ROWID table. */
    private boolean nullsAccepted(SqlitePrimaryKey key) {
        boolean found = false;
        boolean accepted = true;
        for (String column : key.columns()) {
            ColumnMapping mapping = columns.mapping(column);
            long nulls = mapping.column().rowidAlias()
                    ? 0
                    : census.column(column).nulls().count();
            if (nulls > 0) {
                found = true;
                accepted &= notices.accepts(NoticeKind.MISFIT.id(columns.table().name(), column));
            }
        }
        return found && accepted;
    }

    private void index(SqliteIndex index) {
        String id = NoticeKind.INDEX.id(index.name());
        List<String> sources = new ArrayList<>();
        List<Translation> terms = new ArrayList<>();
        boolean plain = index.predicate().isEmpty();
        for (SqliteIndex.IndexTerm term : index.terms()) {
            if (term.column().isPresent()) {
                sources.add(term.column().get());
            }
            terms.add(translator.term(term));
            plain &= translator.isPlainColumn(term);
        }
        Optional<Translation> predicate = index.predicate().isPresent()
                ? Optional.of(translator.predicate(index.predicate().get()))
                : Optional.empty();
        Optional<String> obstacle = obstacle(id, terms, predicate);
        if (obstacle.isPresent() || notices.leftOut(id).isPresent()) {
            String why =
                    obstacle.isPresent() ? obstacle.get() : notices.leftOut(id).orElse("it is left out");
            notices.add(NoticeDraft.loss(
                            id,
                            "Index " + index.name() + " of table "
                                    + columns.table().name() + " does not arrive: " + why + ".")
                    .because("Indexes that do not arrive: " + why + ".")
                    .acceptedTo("Go without, and make an index that serves the app's queries by hand afterwards."));
            return;
        }
        if (!indexable(id, "Index " + index.name(), sources, index.terms().size())) {
            return;
        }
        boolean columnsOnly = sources.size() == terms.size();
        Optional<Doubtful> doubtful = doubtful(id, columnsOnly ? sources : List.of());
        List<String> texts = new ArrayList<>();
        for (Translation term : terms) {
            texts.add(sql(term));
        }
        String list = String.join(", ", texts);
        if (index.origin() == MadeBy.UNIQUE && plain) {
            String name = uniqueName(index, sources);
            key(name, "UNIQUE", list, doubtful);
            return;
        }
        String name = index.origin() == MadeBy.UNIQUE ? uniqueName(index, sources) : taken("The index", index.name());
        indexes.add(name);
        String sql = "CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX " + Identifier.quote(name) + " ON "
                + target() + " (" + list + ")"
                + (predicate.isPresent() ? "\n    WHERE " + sql(predicate.get()) : "");
        translated(index, id, predicate);
        (index.unique() ? uniqueIndexStatements : indexStatements)
                .add(new Statement(
                                "index:" + name,
                                sql,
                                columnsOnly && predicate.isEmpty() ? Optional.empty() : Optional.of(id))
                        .doubting(doubtful));
    }

    /** Why the first of these that cannot be translated cannot. */
    private Optional<String> obstacle(String id, List<Translation> terms, Optional<Translation> predicate) {
        for (Translation term : terms) {
            if (term instanceof Translation.Untranslatable) {
                return Optional.of(DefaultPlanner.why(term, notices, id));
            }
        }
        return predicate.isPresent() && predicate.get() instanceof Translation.Untranslatable
                ? Optional.of(DefaultPlanner.why(predicate.get(), notices, id))
                : Optional.empty();
    }

    private void translated(SqliteIndex index, String id, Optional<Translation> predicate) {
        List<TranslatedIndex.Value> values = new ArrayList<>();
        for (SqliteIndex.IndexTerm term : index.terms()) {
            if (term.expression().isPresent() && translator.value(term) instanceof Translation.Translated value) {
                values.add(new TranslatedIndex.Value(term.expression().get().text(), value.sql(), value.type()));
            }
        }
        Optional<TranslatedIndex.Predicate> rows = predicate.isPresent()
                ? Optional.of(new TranslatedIndex.Predicate(
                        index.predicate().orElseThrow().text(), sql(predicate.get())))
                : Optional.empty();
        if (!values.isEmpty() || rows.isPresent()) {
            translatedIndexes.add(new TranslatedIndex(id, values, rows));
        }
    }

    /** The indexes over expressions or a part of the rows. */
    List<TranslatedIndex> translatedIndexes() {
        return translatedIndexes;
    }

    private String uniqueName(SqliteIndex index, List<String> sources) {
        return index.constraintName().isPresent()
                ? taken("The UNIQUE constraint", index.constraintName().get())
                : names.takeMade(columns.targetName(), targets(sources), "key");
    }

    /** The name that somebody chose, or the nearest one that is available. */
    private String taken(String subject, String given) {
        String name = names.takeNearest(given);
        notices.renamed(subject, columns.table().name(), given, name);
        return name;
    }

    private static String sql(Translation translation) {
        return ((Translation.Translated) translation).sql();
    }

    /**
     * Whether PostgreSQL can make such an index; otherwise a notice says why not.
     *
     * @param sources the columns that are terms of it
     * @param terms how many terms there are
     */
    private boolean indexable(String id, String subject, List<String> sources, int terms) {
        String table = columns.table().name();
        for (String column : sources) {
            ColumnMapping mapping = columns.mapping(column);
            if (mapping.mapping().type().kind() == PgType.Kind.JSON) {
                notices.add(NoticeDraft.loss(
                                id,
                                subject + " of table " + table + " has column " + column
                                        + " in it, which becomes json: PostgreSQL cannot compare that.")
                        .because("Keys and indexes over columns that become json, which PostgreSQL cannot compare.")
                        .settledBy(ColumnRemedies.rule(table, column, ".as(PgType.TEXT)", "Take the values as text."))
                        .acceptedTo("Go without it."));
                return false;
            }
        }
        if (terms > Limits.KEY_COLUMNS) {
            notices.add(NoticeDraft.loss(
                            id,
                            subject + " of table " + table + " has " + terms + " columns; PostgreSQL takes at most "
                                    + Limits.KEY_COLUMNS + ".")
                    .because("Keys and indexes have more columns than PostgreSQL takes (" + Limits.KEY_COLUMNS + ").")
                    .acceptedTo("Go without, and make an index over fewer columns by hand afterwards."));
            return false;
        }
        Optional<Evidence> tooLong = room.refused(id);
        long longest = longest(sources);
        if (tooLong.isEmpty() && (room.asked() || longest <= Limits.SURE_ENTRY_BYTES)) {
            return true;
        }
        NoticeDraft draft = NoticeDraft.loss(
                id,
                tooLong.map(rows -> subject + " of table " + table + " does not take "
                                + Amount.of(rows.count(), "row")
                                + ": an entry of PostgreSQL's btree has at most " + Limits.ENTRY_BYTES + " bytes.")
                        .orElse(subject + " of table " + table + " holds values of up to " + longest
                                + " bytes, and an entry of PostgreSQL's btree has at most " + Limits.ENTRY_BYTES
                                + ". Whether they fit once they are compressed only the server can say: give it by"
                                + " .to(…)."));
        tooLong.ifPresent(rows -> draft.counting(rows.count(), rows.keys()));
        notices.add(draft.because("Keys and indexes hold values that are too long for PostgreSQL's btree ("
                        + Limits.ENTRY_BYTES + " bytes).")
                .acceptedTo("Go without, and make an index over md5 or the first characters by hand afterwards."));
        return false;
    }

    private long longest(List<String> sources) {
        long longest = 0;
        for (String column : sources) {
            longest += census.column(column).ranges().largestValue();
        }
        return longest;
    }

    /**
     * The rows that may be too long for an index.
     *
     * @param sources its columns; none if it has expressions, which may read any
     */
    private Optional<Doubtful> doubtful(String id, List<String> sources) {
        List<String> concerned = new ArrayList<>(sources);
        if (sources.isEmpty()) {
            for (ColumnMapping column : columns.mapping().columns()) {
                concerned.add(column.column().name());
            }
        }
        return longest(concerned) > Limits.SURE_ENTRY_BYTES
                ? Optional.of(new Doubtful(id, sources, Limits.SURE_ENTRY_BYTES))
                : Optional.empty();
    }

    private List<String> targets(List<String> sources) {
        List<String> targets = new ArrayList<>();
        for (String source : sources) {
            targets.add(columns.mapping(source).targetName());
        }
        return targets;
    }

    private static String list(List<String> targets) {
        return Identifier.list(targets);
    }

    private String target() {
        return Identifier.quote(columns.targetName());
    }

    private Statement uniqueIndex(String name, String list) {
        return new Statement(
                "index:" + name,
                "CREATE UNIQUE INDEX " + Identifier.quote(name) + " ON " + target() + " (" + list + ")");
    }

    private void key(String name, String kind, String list, Optional<Doubtful> doubtful) {
        uniqueIndexStatements.add(uniqueIndex(name, list).scripted("").doubting(doubtful));
        constraints.add(new ExpectedConstraint(name, true));
        String quoted = Identifier.quote(name);
        String constraint = "ALTER TABLE " + target() + "\n    ADD CONSTRAINT " + quoted + " " + kind;
        keyStatements.add(new Statement("key:" + name, constraint + " USING INDEX " + quoted)
                .scripted(constraint + " (" + list + ")"));
    }
}
