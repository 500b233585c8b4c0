package dev.outgrow.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.Migration;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.TestSession;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The ways in which frameworks and well-known applications write their DDL: each arrives, apart from exactly what is named, and
 * nothing differs that no notice names.
 */
@ExtendWith(TestPostgres.class)
class FamiliarSchemasIT {
    /** A schema in the manner of some framework: the statements, and the blockers that its plan must have. */
    record Familiar(String manner, List<String> blockers, String statements) {
        @Override
        public String toString() {
            return manner;
        }
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @DisplayName("As frameworks write them")
    @MethodSource("familiar")
    void arrivesApartFromWhatIsNamed(Familiar schema, TestDatabase database) throws SQLException {
        Path file = SqliteFiles.write(folder.resolve("app.db"), statements(schema));
        Migration migration = Migration.from(file).to(database.dataSource());
        MigrationPlan plan = migration.plan();
        assertThat(plan.blockers())
                .as(plan.toString())
                .extracting(Notice::id)
                .containsExactlyInAnyOrderElementsOf(blockers(schema, database));
        MigrationReport report = migration.accept("*").run();
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                TestSession postgres = database.session()) {
            assertThat(new SchemaComparison(sqlite, postgres, report).differences())
                    .as(plan.ddl())
                    .isEmpty();
        }
    }

    /** Whether a text is JSON PostgreSQL can be asked from 16 on. */
    private static List<String> blockers(Familiar schema, TestDatabase database) {
        boolean knowsJson = Integer.parseInt(String.valueOf(database.value("SHOW server_version_num"))) >= 160_000;
        return knowsJson || !schema.statements.contains("JSON_VALID")
                ? schema.blockers
                : Stream.concat(schema.blockers.stream(), Stream.of("check:shop_order.1"))
                        .toList();
    }

    /** The script alone makes the schema, as psql reads it. */
    @ParameterizedTest
    @MethodSource("familiar")
    void isMadeByItsScript(Familiar schema, TestDatabase database) throws IOException, InterruptedException {
        Path file = SqliteFiles.write(folder.resolve("app.db"), statements(schema));
        String ddl = Migration.from(file).to(database.dataSource()).plan().ddl();
        assertThat(ddl).doesNotContain("VALIDATE").doesNotContain("USING INDEX");
        if (isThere("psql")) {
            Path said = folder.resolve("said.txt");
            Path script = Files.writeString(folder.resolve("schema.sql"), ddl);
            Process psql = new ProcessBuilder(
                            "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", script.toString(), libpq(database))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            int status = Patience.exitOf(psql);
            assertThat(status).as(Files.readString(said) + ddl).isZero();
        } else {
            database.execute(ddl);
        }
        assertThat(database.value(
                        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"))
                .isEqualTo(String.valueOf(Migration.from(file).plan().tables().size()));
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** What the driver alone has words for is left out. */
    private static String libpq(TestDatabase database) {
        String url = database.jdbcUrl().substring("jdbc:".length());
        int parameters = url.indexOf('?');
        return url.substring(0, parameters)
                + Stream.of(url.substring(parameters + 1).split("&"))
                        .filter(parameter -> parameter.startsWith("user=") || parameter.startsWith("password="))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String[] statements(Familiar schema) {
        return Arrays.stream(schema.statements.split(";\\s*\\R", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toArray(String[]::new);
    }

    static Stream<Familiar> familiar() {
        return Stream.of(
                new Familiar("Django", List.of(), """
                        CREATE TABLE IF NOT EXISTS "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "email" varchar(254) NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL);
                        CREATE TABLE IF NOT EXISTS "shop_order" ("id" char(32) NOT NULL PRIMARY KEY, "user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "payload" text NOT NULL CHECK ((JSON_VALID("payload") OR "payload" IS NULL)), "quantity" integer unsigned NOT NULL CHECK ("quantity" >= 0), "price" decimal NOT NULL, "took" bigint NOT NULL, CONSTRAINT "positive" CHECK ("price" > '0'));
                        CREATE INDEX "shop_order_user_id_f2" ON "shop_order" ("user_id");
                        CREATE UNIQUE INDEX "uniq_open" ON "shop_order" ("user_id") WHERE "quantity" > 3;
                        INSERT INTO auth_user VALUES (1,'p',NULL,1,'root','r@x',1,'2024-01-02 03:04:05.123456');
                        INSERT INTO shop_order VALUES ('00112233445566778899aabbccddeeff',1,'{"a": 1}',2,9.5,12345678)
                        """),
                new Familiar("Rails", List.of(), """
                        CREATE TABLE IF NOT EXISTS "users" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "email" varchar DEFAULT '' NOT NULL, "admin" boolean DEFAULT 0 NOT NULL, "settings" json DEFAULT '{}', "balance" decimal(10,2) DEFAULT 0.0 NOT NULL, "created_at" datetime(6) NOT NULL, "updated_at" datetime(6) DEFAULT CURRENT_TIMESTAMP NOT NULL);
                        CREATE TABLE IF NOT EXISTS "posts" ("id" integer PRIMARY KEY AUTOINCREMENT NOT NULL, "user_id" integer NOT NULL, "title" varchar COLLATE NOCASE, "score" float DEFAULT NULL, "kind" integer DEFAULT 0, CONSTRAINT "fk_rails_5b5ddfd518" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON DELETE CASCADE, CONSTRAINT kinds CHECK (kind IN (0, 1, 2)));
                        CREATE UNIQUE INDEX "index_users_on_email" ON "users" (LOWER(email)) /*application='Blog'*/;
                        CREATE INDEX "index_posts_on_user_id_and_title" ON "posts" ("user_id" ASC, "title" DESC) WHERE title IS NOT NULL;
                        INSERT INTO users VALUES (1,'a@b',1,'{"x":[1]}',12.5,'2024-01-02 03:04:05.123456','2024-01-02 03:04:05');
                        INSERT INTO posts VALUES (1,1,'Hello',NULL,2)
                        """),
                new Familiar("Laravel", List.of(), """
                        create table "users" ("id" integer primary key autoincrement not null, "name" varchar not null, "role" varchar check ("role" in ('admin', 'it''s', 'guest')) not null default 'guest', "remember_token" varchar, "created_at" datetime, "active" tinyint(1) not null default '1', "meta" text);
                        create table "cache" ("key" varchar not null, "value" text not null, "expiration" integer not null, primary key ("key"));
                        create table "role_user" ("user_id" integer not null, "role_id" integer not null, foreign key("user_id") references "users"("id") on delete cascade on update cascade, primary key ("user_id", "role_id"));
                        create unique index "users_name_unique" on "users" ("name");
                        insert into users values (1,'n','admin',null,'2024-01-02 03:04:05',1,null);
                        insert into role_user values (1, 2)
                        """),
                new Familiar("EF Core", List.of(), """
                        CREATE TABLE "__EFMigrationsHistory" ("MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY, "ProductVersion" TEXT NOT NULL);
                        CREATE TABLE "AspNetUsers" ("Id" TEXT NOT NULL CONSTRAINT "PK_AspNetUsers" PRIMARY KEY, "UserName" TEXT NULL, "LockoutEnabled" INTEGER NOT NULL DEFAULT 1, "RowVersion" BLOB NULL DEFAULT X'00', "Balance" TEXT NOT NULL DEFAULT '0.0', "Created" TEXT NOT NULL DEFAULT '0001-01-01 00:00:00', "Full Name" TEXT GENERATED ALWAYS AS ("UserName" || ' ' || "Id") STORED);
                        CREATE TABLE "Posts" ("PostId" INTEGER NOT NULL CONSTRAINT "PK_Posts" PRIMARY KEY AUTOINCREMENT, "AuthorId" TEXT NULL, "Rating" REAL NOT NULL, CONSTRAINT "FK_Posts_AspNetUsers_AuthorId" FOREIGN KEY ("AuthorId") REFERENCES "AspNetUsers" ("Id") ON DELETE RESTRICT);
                        CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("UserName") WHERE "UserName" IS NOT NULL;
                        INSERT INTO AspNetUsers(Id, UserName, RowVersion) VALUES ('5f1d', 'Ann', x'01');
                        INSERT INTO Posts VALUES (3, '5f1d', 4.5)
                        """),
                new Familiar(
                        "Room and Core Data",
                        List.of("trigger:room_fts_content_sync_notesFts_BEFORE_UPDATE", "virtual:notesFts"),
                        """
                        CREATE TABLE room_master_table (id INTEGER PRIMARY KEY,identity_hash TEXT);
                        CREATE TABLE `notes` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `body` TEXT NOT NULL DEFAULT '', `pinned` INTEGER NOT NULL DEFAULT false, `geo_lat` REAL, `undefined` TEXT DEFAULT undefined);
                        CREATE INDEX `index_notes_pinned` ON `notes` (`pinned`);
                        CREATE VIRTUAL TABLE `notesFts` USING FTS4(`body` TEXT NOT NULL, content=`notes`);
                        CREATE TRIGGER room_fts_content_sync_notesFts_BEFORE_UPDATE BEFORE UPDATE ON `notes` BEGIN DELETE FROM `notesFts` WHERE `docid`=OLD.`rowid`; END;
                        CREATE TABLE ZNOTE ( Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZCREATED TIMESTAMP, ZTITLE VARCHAR, ZDATA BLOB );
                        CREATE INDEX ZNOTE_ZTITLE_INDEX ON ZNOTE (ZTITLE COLLATE BINARY ASC);
                        CREATE TABLE Z_METADATA (Z_VERSION INTEGER PRIMARY KEY, Z_UUID VARCHAR(255), Z_PLIST BLOB);
                        INSERT INTO notes(body) VALUES ('hello');
                        INSERT INTO ZNOTE VALUES (1,1,1,NULL,'t',x'00')
                        """),
                new Familiar("Gitea and Grafana", List.of(), """
                        CREATE TABLE `user` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `lower_name` TEXT NOT NULL, `is_admin` INTEGER NULL, `created_unix` INTEGER NULL, `keep_email_private` INTEGER NULL, `max_repo` INTEGER DEFAULT -1 NOT NULL, `diff_view_style` TEXT DEFAULT '' NOT NULL);
                        CREATE UNIQUE INDEX `UQE_user_lower_name` ON `user` (`lower_name`);
                        CREATE TABLE `dashboard` (`id` INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, `slug` TEXT NOT NULL, `data` TEXT NOT NULL, `created` DATETIME NOT NULL, `is_folder` INTEGER NOT NULL DEFAULT 0, `uid` TEXT NULL, `sensitive` INTEGER NOT NULL DEFAULT (FALSE), `type` TEXT NOT NULL DEFAULT "db");
                        CREATE INDEX `IDX_dashboard_uid` ON `dashboard` (`uid` COLLATE NOCASE);
                        INSERT INTO `user` VALUES (1,'gitea',1,1700000000,0,-1,'');
                        INSERT INTO dashboard VALUES (1,'s','{}','2024-01-02 03:04:05',0,NULL,1,'db')
                        """),
                new Familiar("Nextcloud and Home Assistant", List.of(), """
                        CREATE TABLE oc_filecache (fileid BIGINT UNSIGNED NOT NULL, storage BIGINT DEFAULT 0 NOT NULL, path VARCHAR(4000) DEFAULT NULL COLLATE "BINARY", mtime BIGINT DEFAULT 0 NOT NULL, encrypted INTEGER DEFAULT 0 NOT NULL, PRIMARY KEY(fileid));
                        CREATE UNIQUE INDEX fs_storage_path_hash ON oc_filecache (storage, path);
                        CREATE TABLE states_meta (metadata_id INTEGER NOT NULL, entity_id VARCHAR(255), PRIMARY KEY (metadata_id));
                        CREATE TABLE states (state_id INTEGER NOT NULL, entity_id CHAR(0), state VARCHAR(255), last_updated_ts FLOAT, context_id_bin BLOB, metadata_id INTEGER, old_state_id INTEGER, PRIMARY KEY (state_id), FOREIGN KEY(old_state_id) REFERENCES states (state_id), FOREIGN KEY(metadata_id) REFERENCES states_meta (metadata_id));
                        CREATE INDEX ix_states_metadata_id_last_updated_ts ON states (metadata_id, last_updated_ts);
                        INSERT INTO oc_filecache VALUES (7, 1, 'files/a', 1700000000, 0);
                        INSERT INTO states_meta VALUES (1, 'sensor.x');
                        INSERT INTO states VALUES (1, NULL, 'on', 1700000000.25, x'0102', 1, NULL), (2, NULL, 'off', 1700000001.5, NULL, 1, 1)
                        """),
                new Familiar("Vaultwarden and Mattermost", List.of(), """
                        CREATE TABLE users (uuid TEXT NOT NULL PRIMARY KEY, created_at DATETIME NOT NULL, email TEXT NOT NULL UNIQUE, password_hash BLOB NOT NULL, totp_secret TEXT, akey TEXT DEFAULT '' NOT NULL, enabled BOOLEAN NOT NULL DEFAULT 1);
                        CREATE TABLE "ciphers" (uuid TEXT NOT NULL PRIMARY KEY, user_uuid TEXT REFERENCES users (uuid), atype INTEGER NOT NULL, data TEXT NOT NULL, reprompt INTEGER);
                        CREATE TABLE folders_ciphers (cipher_uuid TEXT NOT NULL REFERENCES ciphers (uuid), folder_uuid TEXT NOT NULL, PRIMARY KEY (cipher_uuid, folder_uuid));
                        INSERT INTO users(uuid, created_at, email, password_hash) VALUES ('6f9619ff-8b86-d011-b42d-00cf4fc964ff','2024-01-02 03:04:05.123','a@b',x'00ff');
                        INSERT INTO ciphers VALUES ('c','6f9619ff-8b86-d011-b42d-00cf4fc964ff',1,'{}',NULL);
                        INSERT INTO folders_ciphers VALUES ('c', 'f')
                        """),
                new Familiar("Jellyfin and Sonarr", List.of(), """
                        CREATE TABLE TypedBaseItems (guid GUID primary key NOT NULL, type TEXT NOT NULL, data BLOB NULL, ParentId GUID NULL, Path TEXT NULL, StartDate DATETIME NULL, IsMovie BIT NULL, CommunityRating Float NULL, UserDataKey TEXT NULL);
                        CREATE INDEX idx_PathTypedBaseItems on TypedBaseItems(Path);
                        CREATE TABLE "Series" ("Id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "TvdbId" INTEGER NOT NULL, "Title" TEXT NOT NULL, "Monitored" INTEGER NOT NULL, "LastInfoSync" DATETIME, "Added" DATETIME, "Images" TEXT NOT NULL, "Ratings" NUMERIC);
                        CREATE UNIQUE INDEX "IX_Series_TvdbId" ON "Series" ("TvdbId" ASC);
                        CREATE TABLE "VersionInfo" ("Version" INTEGER NOT NULL, "AppliedOn" DATETIME, "Description" TEXT);
                        CREATE UNIQUE INDEX "UC_Version" ON "VersionInfo" ("Version" ASC);
                        INSERT INTO TypedBaseItems(guid, type, IsMovie, CommunityRating) VALUES (x'00112233445566778899aabbccddeeff','Movie',1,7.5);
                        INSERT INTO Series VALUES (1, 5, 'T', 1, '2024-01-02 03:04:05Z', '2024-01-02 03:04:05.1234560Z', '[]', 7)
                        """),
                new Familiar(
                        "Firefox and Chrome",
                        List.of(
                                "conflict:moz_items_annos.item_id,anno_attribute_id",
                                "trigger:moz_bookmarks_afterinsert"),
                        """
                        CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL, frecency INTEGER DEFAULT -1 NOT NULL, last_visit_date INTEGER , guid TEXT, url_hash INTEGER DEFAULT 0 NOT NULL , origin_id INTEGER REFERENCES moz_origins(id));
                        CREATE TABLE moz_origins ( id INTEGER PRIMARY KEY, prefix TEXT NOT NULL, host TEXT NOT NULL, frecency INTEGER NOT NULL, UNIQUE (prefix, host) );
                        CREATE TABLE moz_items_annos ( id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL, anno_attribute_id INTEGER, mime_type VARCHAR(32) DEFAULT NULL, content LONGVARCHAR, UNIQUE(item_id, anno_attribute_id) ON CONFLICT REPLACE);
                        CREATE TABLE moz_meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID ;
                        CREATE INDEX moz_places_lastvisitdateindex ON moz_places (last_visit_date);
                        CREATE UNIQUE INDEX moz_places_guid_uniqueindex ON moz_places (guid);
                        CREATE TRIGGER moz_bookmarks_afterinsert AFTER INSERT ON moz_places BEGIN SELECT 1; END;
                        CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT,url LONGVARCHAR,title LONGVARCHAR,visit_count INTEGER DEFAULT 0 NOT NULL,hidden INTEGER DEFAULT 0 NOT NULL);
                        CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
                        INSERT INTO moz_origins VALUES (1,'https://','x.org',5);
                        INSERT INTO moz_places VALUES (1,'https://x.org',NULL,'gro.x.',1,0,-1,1700000000000000,'g',47356411089529,1);
                        INSERT INTO moz_meta VALUES ('a', 1);
                        INSERT INTO meta VALUES ('version', '45')
                        """),
                new Familiar(
                        "Signal and hand-written ones", List.of("virtual:message_fts", "trigger:message_ai"), """
                        CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, date_sent INTEGER NOT NULL, body TEXT, read INTEGER DEFAULT 0, thread_id INTEGER NOT NULL REFERENCES thread (_id) ON DELETE CASCADE, latest_revision_id INTEGER DEFAULT NULL REFERENCES message (_id) ON DELETE CASCADE);
                        CREATE TABLE thread (_id INTEGER PRIMARY KEY AUTOINCREMENT, date INTEGER DEFAULT 0, uuid TEXT DEFAULT (lower(hex(randomblob(16)))), v4 TEXT DEFAULT (lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || substr(lower(hex(randomblob(2))),2)), at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), ms INTEGER DEFAULT (CAST(strftime('%s','now') AS INTEGER) * 1000), jd REAL DEFAULT (julianday('now')));
                        CREATE VIRTUAL TABLE message_fts USING fts5(body, thread_id UNINDEXED, content=message, content_rowid=_id, tokenize = "unicode61 categories 'L* N* Co Sc So'");
                        CREATE TRIGGER message_ai AFTER INSERT ON message BEGIN INSERT INTO message_fts(rowid, body, thread_id) VALUES (new._id, new.body, new.thread_id); END;
                        CREATE INDEX message_thread ON message (thread_id, date_sent DESC) WHERE latest_revision_id IS NULL;
                        CREATE VIEW unread AS SELECT t._id, t.date, count(m._id) AS n, max(m.date_sent) latest FROM thread t LEFT JOIN message m ON m.thread_id = t._id AND NOT m.read GROUP BY t._id HAVING n >= 0 ORDER BY latest DESC;
                        INSERT INTO thread(_id, date) VALUES (1, 5), (2, 6);
                        INSERT INTO message VALUES (1, 1700000000000, 'hi', 0, 1, NULL), (2, 1700000000001, 'there', 1, 1, 1)
                        """));
    }
}
