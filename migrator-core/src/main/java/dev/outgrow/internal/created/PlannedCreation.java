package dev.outgrow.internal.created;

import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.reshape.Link.Treated;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.KeptCensus;
import dev.outgrow.typemap.internal.text.TextDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A source that has been frozen, counted and planned: everything that happens before the first write.
 *
 * @param snapshot the frozen source; the code that prepared it closes it
 * @param encoding of its text
 * @param census of each table that is migrated, by name
 * @param kept gives that census with what was asked
 * @param blueprint the plan
 * @param orphans what became of orphans
 */
public record PlannedCreation(
        Snapshot snapshot,
        TextEncoding encoding,
        Map<String, TableCensus> census,
        Supplier<KeptCensus> kept,
        Blueprint blueprint,
        List<Treated> orphans) {
    /**
     * What an unfinished run must have in common with the run that resumes it: the plan and the parts in which rows are
     * copied, since recorded parts are not copied again.
     */
    public String workFingerprint() {
        StringBuilder all = new StringBuilder(blueprint.plan().fingerprint());
        new TreeMap<>(census).forEach((table, counted) -> {
            all.append('\n').append(table);
            counted.parts().forEach(part -> key(all, part.range().upTo()));
        });
        return TextDigest.sha256(all.toString());
    }

    private static void key(StringBuilder all, List<Object> values) {
        all.append(" |");
        for (Object value : values) {
            all.append(' ')
                    .append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
        }
    }
}
