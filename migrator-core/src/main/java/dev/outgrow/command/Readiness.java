package dev.outgrow.command;

import com.google.common.collect.ImmutableList;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.outgrow.exception.Reason;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.typemap.internal.text.TextPage;
import dev.outgrow.validate.internal.html.Html;
import dev.outgrow.validate.internal.html.HtmlPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a migration could be run now: each point with its judgement and what to do, on one screen. Made by the library; use the
 * accessors. Immutable.
 *
 * @param points in the order in which a person would look at them, each topic once
 * @param foundPlan the plan on which the judgement is based; null if none could be made
 */
public record Readiness(List<Point> points, @Nullable MigrationPlan foundPlan) {
    /** The status of a command that found warnings and nothing worse. */
    public static final int ONLY_WARNINGS = 11;

    /** What a point is about. More may be added. */
    public enum Topic {
        /** The SQLite file exists, can be read and is undamaged. */
        SOURCE("Source"),
        /** The PostgreSQL database can be reached, and accepts the role and its password. */
        TARGET("Target"),
        /** Its version, encoding and state fit. */
        SERVER("Server"),
        /** The role may do what the run does. */
        RIGHTS("Rights"),
        /** It gives as many sessions as the run needs, and each of them stays one session. */
        CONNECTIONS("Connections"),
        /** The extensions that columns need. */
        EXTENSIONS("Extensions"),
        /**
         * The target schema can be filled: it is free, or has the app's tables, or the app's migrations can make them.
         */
        SCHEMA("Schema"),
        /** The books that migration tools keep on both sides agree. */
        BOOKS("Books"),
        /** What the plan asks before it may run. */
        DECISIONS("Decisions"),
        /** Room on disk, for the backup and in the server. */
        ROOM("Room");

        private final String words;

        Topic(String words) {
            this.words = words;
        }

        /** The same in words. */
        public String words() {
            return words;
        }
    }

    /** The judgement of a point. More may be added. */
    public enum Judgement {
        OK("ok"),
        /** Something to look at; it does not stop the run. */
        WARNING("warn"),
        /** The run would not start, or would fail. */
        NO("NO"),
        /** It was not looked at; this point or another says why. */
        UNKNOWN("?");

        private final String mark;

        Judgement(String mark) {
            this.mark = mark;
        }
    }

    /**
     * A point.
     *
     * @param words what was found
     * @param remedy what to do; empty if there is nothing to do
     * @param reason what a run would fail with; null unless the judgement is NO
     */
    public record Point(
            Topic topic,
            Judgement judgement,
            String words,
            String remedy,
            @Nullable Reason reason) {}

    private static final int MOST_LINES = 3;

    public Readiness {
        points = ImmutableList.copyOf(points);
    }

    /** The plan on which the judgement is based, if one could be made. */
    public Optional<MigrationPlan> plan() {
        return Optional.ofNullable(foundPlan);
    }

    /** Whether nothing stands in the way of a run. */
    public boolean ready() {
        return with(Judgement.NO).isEmpty();
    }

    /** The points with a judgement. */
    public List<Point> with(Judgement judgement) {
        return points.stream().filter(point -> point.judgement() == judgement).toList();
    }

    /**
     * The exit status of a command: 0 if it is ready, {@value #ONLY_WARNINGS} if there are only warnings or points that were not
     * looked at, else the {@linkplain Reason#exitCode() status} of the first point in the way; points that waiting may resolve come
     * last.
     */
    public int exitCode() {
        List<Reason> reasons = with(Judgement.NO).stream()
                .flatMap(point -> Optional.ofNullable(point.reason()).stream())
                .toList();
        return reasons.stream()
                .filter(reason -> !reason.retryable())
                .findFirst()
                .or(() -> reasons.stream().findFirst())
                .map(Reason::exitCode)
                .orElse(
                        with(Judgement.WARNING).isEmpty()
                                        && with(Judgement.UNKNOWN).isEmpty()
                                ? 0
                                : ONLY_WARNINGS);
    }

    private String decision() {
        int inTheWay = with(Judgement.NO).size();
        int warnings = with(Judgement.WARNING).size();
        if (inTheWay > 0) {
            return "NOT READY: " + (inTheWay == 1 ? "one point stands" : inTheWay + " points stand") + " in the way.";
        }
        int unknown = with(Judgement.UNKNOWN).size();
        return (unknown == 0
                        ? "READY: nothing stands in the way"
                        : "READY as far as was looked: " + (unknown == 1 ? "one point was" : unknown + " points were")
                                + " not looked at")
                + (warnings == 0 ? "." : warnings == 1 ? ", but read the warning." : ", but read the warnings.");
    }

    /** One screen. */
    @Override
    public String toString() {
        TextPage page = new TextPage().line(decision()).gap();
        for (Point point : points) {
            String start = String.format(
                    "  %-5s %-12s ", point.judgement().mark, point.topic().words());
            page.wrapped(start, point.words(), MOST_LINES);
            if (!point.remedy().isEmpty()) {
                page.wrapped(" ".repeat(start.length()) + "-> ", point.remedy());
            }
        }
        return page.toString();
    }

    /** The result as JSON. */
    public String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("format", 1);
        json.addProperty("ready", ready());
        json.addProperty("exitCode", exitCode());
        JsonArray all = new JsonArray();
        for (Point point : points) {
            JsonObject one = new JsonObject();
            one.addProperty("topic", point.topic().name());
            one.addProperty("judgement", point.judgement().name());
            one.addProperty("words", point.words());
            one.addProperty("remedy", point.remedy());
            if (point.reason() != null) {
                one.addProperty("reason", point.reason().name());
            }
            all.add(one);
        }
        json.add("points", all);
        return new GsonBuilder()
                .disableHtmlEscaping()
                .setPrettyPrinting()
                .create()
                .toJson(json);
    }

    /** The result as one HTML file that needs nothing else. */
    public String toHtml() {
        HtmlPage page = new HtmlPage("Outgrow: readiness", decision(), ready(), Map.of());
        for (Judgement judgement : List.of(Judgement.NO, Judgement.WARNING, Judgement.UNKNOWN, Judgement.OK)) {
            page.section(
                    switch (judgement) {
                        case NO -> "In the way";
                        case WARNING -> "Warnings";
                        case UNKNOWN -> "Not known";
                        case OK -> "In order";
                    },
                    with(judgement).stream()
                            .map(point -> Html.card(
                                    point.topic().words(),
                                    point.words(),
                                    List.of(),
                                    point.remedy().isEmpty()
                                            ? List.of()
                                            : new ArrayList<>(List.of(new Html.Step(point.remedy(), "")))))
                            .toList());
        }
        return page.toString();
    }
}
