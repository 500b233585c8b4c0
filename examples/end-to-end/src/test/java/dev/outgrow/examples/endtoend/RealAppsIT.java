package dev.outgrow.examples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real applications are set up and filled on SQLite through their own interfaces, switched by the upgrade command, used on PostgreSQL, taken
 * back with what was written there, and used again. One that cannot be had here is skipped.
 */
@Tag("end-to-end")
@ExtendWith(TestPostgres.class)
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class RealAppsIT {
    /** Done, or done with warnings. */
    private static final List<Integer> WELL = List.of(0, 11);

    private static final int SOURCE = 20;

    @TempDir
    Path folder;

    @Test
    void takesPowerDnsThereAndBack(TestDatabase database) throws Exception {
        goThereAndBack(PowerDns.in(folder), database);
    }

    @Test
    void takesMediaWikiThereAndBack(TestDatabase database) throws Exception {
        goThereAndBack(MediaWiki.in(folder), database);
    }

    @Test
    void takesVendureThereAndBack(TestDatabase database) throws Exception {
        goThereAndBack(Vendure.in(folder), database);
    }

    private void goThereAndBack(App app, TestDatabase database) throws Exception {
        Place.InFile sqlite = app.installed();
        try (App.Running running = app.start(sqlite)) {
            running.logIn();
            running.write("old");
            use(running, "old");
        }

        Place.InPostgres postgres = Place.InPostgres.of(database);
        app.prepare(postgres);
        Upgrade upgrade = new Upgrade(folder, postgres, app.options());
        does(upgrade.call("check", sqlite));
        does(upgrade.call("rehearse", sqlite));
        System.out.println(does(upgrade.call("switch", sqlite)));
        try (App.Running running = app.start(postgres)) {
            running.logIn();
            use(running, "old");
            running.write("new");
            use(running, "new");
        }

        Place.InFile target = app.named(folder.resolve("back.db"));
        System.out.println(does(upgrade.call("status", sqlite)));
        System.out.println(does(upgrade.call("roll-back", sqlite, target.file().toString())));
        assertThat(upgrade.call("status", sqlite).status())
                .as("the old file is the wrong one")
                .isEqualTo(SOURCE);
        app.tidyUp(target);
        try (App.Running running = app.start(target)) {
            running.logIn();
            use(running, "old");
            use(running, "new");
            running.write("newest");
            use(running, "newest");
        }
    }

    private static void use(App.Running running, String name) throws Exception {
        running.read(name);
        running.find(name);
        running.work();
    }

    private static String does(Program.Ended ended) {
        assertThat(ended.status()).as(ended.output()).isIn(WELL);
        return ended.output();
    }
}
