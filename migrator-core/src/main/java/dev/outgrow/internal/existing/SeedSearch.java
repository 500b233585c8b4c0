package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.SeededRows;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Compares the rows that are already in a table of the target with those of the source, and says what becomes of them.
 */
final class SeedSearch {
    /** Tables in which apps are known to keep the version of their own schema. */
    private static final ImmutableSet<String> VERSIONS = ImmutableSet.of(
            "coreinfo",
            "meta",
            "updatelog",
            "version",
            "versions",
            "dbversion",
            "db_version",
            "schema_version",
            "schema_info",
            "schemaversion",
            "schema_meta");

    private static final long MOST_SETTINGS = 1000;

    private final Connection postgres;
    private final ExistingSchema schema;
    private final NoticeBook notices;

    SeedSearch(Connection postgres, ExistingSchema schema, NoticeBook notices) {
        this.postgres = postgres;
        this.schema = schema;
        this.notices = notices;
    }

    void ask(ProbeTable probe) throws SQLException {
        TargetTable target = probe.table().pair().target();
        String real = (target.kind() == 'r' ? "ONLY " : "") + Identifier.qualified(target.schema(), target.name());
        long rows = ProbeTable.number(postgres, "SELECT count(*) FROM " + real);
        if (probe.table().keptRows() > 0) {
            notices.warn(
                    id(target),
                    Amount.of(rows, "row") + " that table " + target.name() + " holds already "
                            + Amount.verb(rows, "stays", "stay") + ", as you said; "
                            + Amount.of(
                                    probe.table().census().rows(),
                                    "row of the source that has another key joins",
                                    "rows of the source that have other keys join")
                            + Amount.verb(rows, " it.", " them."),
                    "");
            return;
        }
        String columns = target.columns().stream()
                .map(column -> Identifier.quote(column.name()) + "::text")
                .collect(joining(", "));
        long strange = ProbeTable.number(
                postgres,
                "SELECT count(*) FROM (SELECT " + columns + " FROM " + real + " EXCEPT ALL SELECT " + columns + " FROM "
                        + probe.name() + ") differing");
        Optional<SeededRows> own = schema.seededRows(target.name());
        boolean replace = own.or(schema::seededRows)
                .filter(policy -> policy == SeededRows.REPLACE)
                .isPresent();
        boolean version = strange > 0 && holdsVersion(target, real, rows);
        if (replace && (own.isPresent() || !version)) {
            notices.warn(
                    id(target),
                    Amount.of(rows, "row") + " that table " + target.name() + " holds already "
                            + Amount.verb(rows, "is", "are") + " deleted, as you said; " + Amount.count(strange)
                            + Amount.verb(strange, " of them is", " of them are") + " not in the source."
                            + (version ? " They seem to hold the version of the app's schema." : ""),
                    "");
        } else if (strange == 0) {
            notices.inform(
                    id(target),
                    Amount.of(rows, "row") + " that table " + target.name() + " holds already "
                            + Amount.verb(rows, "is", "are") + " in the source with the same values.");
        } else {
            differing(target, rows, strange, version);
        }
    }

    private void differing(TargetTable target, long rows, long strange, boolean version) {
        NoticeDraft draft = NoticeDraft.blocker(
                        id(target),
                        "Table " + target.name() + " of the target holds " + Amount.of(rows, "row")
                                + " already, of which "
                                + Amount.count(strange) + Amount.verb(strange, " is", " are")
                                + " not in the source, or" + Amount.verb(strange, " differs", " differ") + " from it."
                                + (version
                                        ? " They seem to hold the version of the app's schema, which the app would take for"
                                                + " that of the target."
                                        : ""))
                .because(
                        version
                                ? "Tables that seem to hold the version of the app's schema differ: make sure that both schemas are of"
                                        + " one version of the app."
                                : "Tables of the target hold rows already that are not in the source, or differ from it.")
                .counting(strange, List.of());
        String name = JavaText.literal(target.name());
        if (version) {
            draft.settledBy(option(
                    ".bookkeeping(" + name + ")", "Leave the table to the target, once both are of one version."));
        } else {
            draft.settledBy(option(
                    ".seededRows(SeededRows.REPLACE)",
                    "If the app's migrations seeded them, let the source's rows take their place in all tables; theirs are"
                            + " deleted."));
            draft.settledBy(
                    option(".seededRows(" + name + ", SeededRows.REPLACE)", "Say so by name, of single tables."));
        }
        notices.add(draft.settledBy(option(
                ".seededRows(" + name + ", SeededRows.KEEP)",
                "Keep the target's rows, and add the source's rows with other keys.")));
    }

    private Remedy option(String call, String words) {
        return new Remedy(
                Remedy.Kind.OPTION,
                ".into(TargetSchema.existing(" + JavaText.literal(schema.name()) + ")" + call + ")",
                words,
                null);
    }

    private static String id(TargetTable target) {
        return NoticeKind.SEEDED.id(target.name());
    }

    /** Recognised by its name, or by a key that looks like a version. */
    private boolean holdsVersion(TargetTable target, String real, long rows) throws SQLException {
        if (VERSIONS.contains(Ascii.toLowerCase(target.name()))) {
            return true;
        }
        List<String> texts = target.columns().stream()
                .filter(column -> column.type().kind() == PgType.Kind.TEXT
                        || column.type().kind() == PgType.Kind.VARCHAR)
                .filter(column ->
                        target.keys().stream().anyMatch(key -> key.columns().contains(column.name())))
                .map(column ->
                        Identifier.quote(column.name()) + "::text ~* '(^|[^a-z])(db|database|schema)?[ _.-]?version$'")
                .toList();
        return !texts.isEmpty()
                && rows <= MOST_SETTINGS
                && ProbeTable.number(postgres, "SELECT count(*) FROM " + real + " WHERE " + String.join(" OR ", texts))
                        > 0;
    }
}
