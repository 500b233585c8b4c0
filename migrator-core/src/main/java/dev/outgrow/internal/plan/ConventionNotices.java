package dev.outgrow.internal.plan;

import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.Convention;
import dev.outgrow.typemap.ConventionRule;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.rules.TypeChooser;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.typemap.internal.text.TextPage;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds notices about the columns that the caller's conventions decided, and about conventions that a file shows and
 * nobody asked for.
 */
public final class ConventionNotices {
    private static final int NAMES = 6;
    private final Map<Convention, Map<ConventionRule, Set<String>>> decided;
    private final List<ConventionSigns.Sign> signs;

    private ConventionNotices(
            Map<Convention, Map<ConventionRule, Set<String>>> decided, List<ConventionSigns.Sign> signs) {
        this.decided = decided;
        this.signs = signs;
    }

    /** The notices of one plan, once every column has been chosen. */
    public static ConventionNotices of(
            TypeChooser chooser, TypeRules rules, Catalog catalog, Map<String, TableCensus> census) {
        Set<String> asked = new HashSet<>();
        for (Convention convention : rules.conventions()) {
            asked.add(convention.name());
        }
        Map<Convention, Map<ConventionRule, Set<String>>> decided = chooser.decidedByConvention();
        Set<String> columns = new HashSet<>();
        for (Map<ConventionRule, Set<String>> byRule : decided.values()) {
            byRule.values().forEach(columns::addAll);
        }
        List<ConventionSigns.Sign> signs = new ArrayList<>(new ConventionSigns(catalog, census, columns).found());
        signs.removeIf(sign -> asked.contains(sign.convention().name()));
        return new ConventionNotices(decided, signs);
    }

    /** No notices: another plan has them. */
    public static ConventionNotices none() {
        return new ConventionNotices(Map.of(), List.of());
    }

    /** Adds them. */
    public void name(NoticeBook notices) {
        decided.forEach((convention, rules) -> applied(convention, rules, notices));
        for (ConventionSigns.Sign sign : signs) {
            Convention convention = sign.convention();
            String line = convention.java().replace("ZoneId.of(\"UTC\")", "ZoneId.systemDefault()");
            boolean zone = !line.equals(convention.java());
            Remedy remedy = new Remedy(
                    Remedy.Kind.OPTION,
                    ".typeRules(TypeRules.standard().with(" + line + "))",
                    "Say that " + convention.name() + " wrote the file"
                            + (zone ? ", with the zone of the JVM that did." : "."),
                    null);
            notices.add(NoticeDraft.info(
                            NoticeKind.CONVENTION.id(convention.name()),
                            "This file seems to be written by " + convention.name() + " (" + sign.sign()
                                    + "), whose conventions are known, but only applied if you ask for them.")
                    .settledBy(remedy));
            // A convention settles only misfits in columns that its rules cover; its zone is given for every column.
            notices.offer(notice -> notice.severity() == Severity.BLOCKER && NoticeKind.ZONE.is(notice.kind()), remedy);
        }
    }

    private static void applied(Convention convention, Map<ConventionRule, Set<String>> rules, NoticeBook notices) {
        List<String> lines = new ArrayList<>();
        long columns = 0;
        for (Map.Entry<ConventionRule, Set<String>> rule : rules.entrySet()) {
            columns += rule.getValue().size();
            lines.add(rule.getKey().words() + ": " + TextPage.some(List.copyOf(rule.getValue()), NAMES));
        }
        String zone = convention
                .zone()
                .map(found -> ", with times in " + (found.equals(ZoneOffset.UTC) ? "UTC," : found + ","))
                .orElse("");
        notices.add(NoticeDraft.info(
                NoticeKind.CONVENTION.id(convention.name()),
                "The convention " + convention.name() + " (" + convention.basis() + ")" + zone
                        + (columns == 0
                                ? " decides the type of no column."
                                : " decides " + columns + (columns == 1 ? " column: " : " columns: ")
                                        + String.join("; ", lines) + ".")));
    }
}
