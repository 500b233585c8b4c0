package dev.outgrow.internal.notice;

import dev.outgrow.internal.postgres.EventTrigger;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.List;
import java.util.Set;

/** The notices about event triggers in the target. */
public final class EventTriggerNotices {
    /** The commands that the publication of a created schema runs once everything has been compared. */
    private static final Set<String> OF_PUBLICATION =
            Set.of("ALTER TABLE", "ALTER VIEW", "ALTER SCHEMA", "CREATE SCHEMA", "DROP SCHEMA");

    private EventTriggerNotices() {}

    /**
     * Names them.
     *
     * @param created whether we make the tables, so that some statements follow the comparison
     */
    public static void name(List<EventTrigger> triggers, boolean created, NoticeBook notices) {
        for (EventTrigger trigger : triggers) {
            String id = NoticeKind.EVENT_TRIGGER.id(trigger.name());
            String what = "Event trigger " + trigger.name() + " of the target, which belongs to role " + trigger.owner()
                    + " and runs at " + trigger.event();
            if (created && trigger.runsWith(OF_PUBLICATION)) {
                notices.loss(
                        id,
                        what
                                + ", may act between the comparison and the commit. What it does to the tables that are migrated"
                                + " ends the run.",
                        "Disable it while the migration runs, by ALTER EVENT TRIGGER … DISABLE, or accept it if you know what it"
                                + " does.");
            } else {
                notices.warn(id, what + ", may act while the migration runs, before the comparison.", "");
            }
        }
    }
}
