package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.postgres.existing.TargetTable.Trigger;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables that the target has alone. They stay as they are, also one that triggers of the app keep in step with a table that is loaded:
 * a count, a history, an index for searches. Triggers rest during the load, so that is said.
 */
final class TargetOnlyTables {
    private final List<TablePair> loaded;
    private final Shape shape;
    private final SnapshotQueries source;
    private final PlaceRemedies remedies;
    private final NoticeBook notices;

    TargetOnlyTables(
            List<TablePair> loaded, Shape shape, SnapshotQueries source, PlaceRemedies remedies, NoticeBook notices) {
        this.loaded = loaded;
        this.shape = shape;
        this.source = source;
        this.remedies = remedies;
        this.notices = notices;
    }

    /** A trigger that may write to a table, because its text mentions it. */
    private record Writer(String table, String trigger) {
        String fired() {
            return ".fire(" + JavaText.literal(table) + ", " + JavaText.literal(trigger) + ")";
        }

        @Override
        public String toString() {
            return trigger + " of " + table;
        }
    }

    void name(TargetTable table) {
        String id = NoticeKind.TABLE.id(table.name());
        String alone = "Table " + table.name() + " of the target has no counterpart in the source and stays as it is";
        List<Writer> resting = resting(table.name());
        if (resting.isEmpty()) {
            notices.inform(id, alone + ".");
            return;
        }
        NoticeDraft draft = NoticeDraft.warning(
                        id,
                        alone + ": triggers rest during the load, also those that may write to it: "
                                + String.join(
                                        ", ",
                                        resting.stream().map(Writer::toString).toList()) + ".")
                .because(
                        "Tables that only the target has stay as they are, since the triggers that write to them rest during the"
                                + " load.");
        notices.add(draft.settledBy(remedies.option(
                resting.stream().map(Writer::fired).collect(joining()),
                resting.size() == 1
                        ? "Let the trigger work during the load."
                        : "Let the triggers work during the load, or some of them.")));
    }

    private List<Writer> resting(String table) {
        List<Writer> writers = new ArrayList<>();
        for (TablePair pair : loaded) {
            String name = pair.target().name();
            for (Trigger trigger : pair.target().triggers()) {
                if (trigger.mentions(table) && !shape.fires(name, trigger.name()) && source.rows(pair.source()) > 0) {
                    writers.add(new Writer(name, trigger.name()));
                }
            }
        }
        return writers;
    }
}
