package dev.outgrow;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TcpProxy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A kind of harm. Each does it once, as a random number says, and returns what the run threw, if it threw anything. */
enum ChaosKind {
    KILLED_BY_TIME(true) {
        @Override
        @Nullable
        MigrationException harm(ChaosAttempt attempt, Random random) throws Exception {
            Process run = start(attempt, attempt.database().jdbcUrl());
            run.waitFor(800 + random.nextInt(4_200), TimeUnit.MILLISECONDS);
            Patience.exitOf(run.destroyForcibly());
            return null;
        }
    },
    KILLED_BY_STATEMENT(true) {
        @Override
        @Nullable
        MigrationException harm(ChaosAttempt attempt, Random random) throws Exception {
            String statement = STATEMENTS.get(random.nextInt(STATEMENTS.size()));
            try (TcpProxy way = TcpProxy.to(attempt.database().jdbcUrl())) {
                TcpProxy.Halt halt = way.haltAt(Pattern.compile(statement), random.nextLong(3) * 40);
                Process run = start(attempt, way.url(attempt.database().jdbcUrl()));
                halt.await(run::isAlive);
                Patience.exitOf(run.destroyForcibly());
            }
            return null;
        }
    },
    CUT(true) {
        @Override
        @Nullable
        MigrationException harm(ChaosAttempt attempt, Random random) {
            try (TcpProxy way = TcpProxy.to(attempt.database().jdbcUrl())) {
                way.cutAfter(random.nextInt(random.nextBoolean() ? 60_000 : 600_000));
                return attempt.run(Migration.from(attempt.file())
                        .to(way.url(attempt.database().jdbcUrl())));
            }
        }
    },
    SILENT(true) {
        @Override
        @Nullable
        MigrationException harm(ChaosAttempt attempt, Random random) throws IOException {
            try (SwallowingProxy way = SwallowingProxy.before(attempt.database().jdbcUrl())) {
                boolean forgetful = random.nextBoolean();
                int millis = 100 + random.nextInt(1_200);
                Thread harm = new Thread(() -> {
                    try {
                        Thread.sleep(millis);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    if (forgetful) {
                        way.forget();
                    } else {
                        way.swallow();
                    }
                });
                harm.start();
                return attempt.run(
                        Migration.from(attempt.file()).to(way.jdbcUrl()).stallTimeout(Duration.ofMillis(400)));
            }
        }
    },
    PACKET_LOSS_INTO_CREATED(true) {
        @Override
        @Nullable
        MigrationException harm(ChaosAttempt attempt, Random random) throws IOException {
            return losingPackets(attempt, random);
        }
    },
    PACKET_LOSS_INTO_EXISTING(true) {
        @Override
        @Nullable
        MigrationException harm(ChaosAttempt attempt, Random random) throws IOException {
            attempt.intoExisting();
            return losingPackets(attempt, random);
        }
    },
    ROLE_SETTINGS(true) {
        @Override
        @Nullable
        MigrationException harm(ChaosAttempt attempt, Random random) {
            var role = attempt.database().newRole("");
            attempt.database()
                    .execute(
                            "GRANT CREATE ON SCHEMA public TO " + role.getUser(),
                            "GRANT CREATE ON DATABASE " + attempt.database().name() + " TO " + role.getUser());
            for (int i = 0; i <= random.nextInt(4); i++) {
                attempt.database()
                        .execute("ALTER ROLE " + role.getUser() + " SET "
                                + SETTINGS.get(random.nextInt(SETTINGS.size())));
            }
            attempt.as(role);
            return attempt.run(Migration.from(attempt.file()).to(role));
        }
    },
    DAMAGED_PAGES(false) {
        @Override
        @Nullable
        MigrationException harm(ChaosAttempt attempt, Random random) throws IOException {
            damage(attempt.file(), random, 1 + random.nextInt(4), random.nextInt(3) == 0);
            return attempt.run();
        }
    },
    DAMAGED_WAL(false) {
        @Override
        @Nullable
        MigrationException harm(ChaosAttempt attempt, Random random) throws IOException {
            Files.delete(attempt.file());
            SqliteFiles.writeWithWal(attempt.file(), ChaosAttempt.SMALL.toArray(String[]::new));
            Path wal = attempt.beside("-wal");
            damage(wal, random, random.nextInt(4), random.nextInt(3) == 0);
            if (random.nextInt(4) == 0) {
                Files.delete(wal);
            }
            return attempt.run();
        }
    },
    FILES_BESIDE(false) {
        @Override
        @Nullable
        MigrationException harm(ChaosAttempt attempt, Random random) throws IOException {
            if (random.nextBoolean()) {
                SqliteFiles.write(attempt.file(), "PRAGMA journal_mode = WAL");
            }
            for (String suffix : List.of("-wal", "-journal", "-shm", ".outgrow-backup", ".outgrow-switchover")) {
                Path beside = attempt.beside(suffix);
                Files.deleteIfExists(beside);
                switch (random.nextInt(6)) {
                    case 0 -> Files.createFile(beside);
                    case 1 -> {
                        byte[] bytes = new byte[random.nextInt(9_000)];
                        random.nextBytes(bytes);
                        Files.write(beside, bytes);
                    }
                    case 2 -> {
                        if (suffix.startsWith(".")) {
                            Files.createDirectory(beside);
                        }
                    }
                    default -> {}
                }
            }
            return attempt.run();
        }
    },
    HOSTILE_SCHEMA(false) {
        @Override
        @Nullable
        MigrationException harm(ChaosAttempt attempt, Random random) {
            if (random.nextBoolean()) {
                String name = HOSTILE_NAMES.get(random.nextInt(HOSTILE_NAMES.size()));
                SqliteFiles.write(
                        attempt.file(),
                        "CREATE TABLE \"" + name + "\"(\"" + name + "\" INTEGER PRIMARY KEY, v DEFAULT (lower('" + "x"
                                + "')))",
                        "INSERT INTO \"" + name + "\" VALUES (1, 'a')",
                        "CREATE INDEX \"i" + name + "\" ON \"" + name + "\"(v)");
            } else {
                int place = 14 + random.nextInt(60);
                String other = List.of("(", ")", "'", "\"", ",", "\u0000", "ß", " CHECK (1) ", "--", "/*")
                        .get(random.nextInt(10));
                SqliteFiles.write(
                        attempt.file(),
                        "PRAGMA writable_schema = ON",
                        "UPDATE sqlite_schema SET sql = substr(sql, 1, " + place + ") || CAST(x'"
                                + HexFormat.of().formatHex(other.getBytes(StandardCharsets.UTF_8))
                                + "' AS TEXT) || substr(sql, " + (place + 1) + ") WHERE name = '"
                                + (random.nextBoolean() ? "users" : "posts") + "'");
            }
            return attempt.run();
        }
    };

    private static final List<String> STATEMENTS = List.of(
            "pg_try_advisory_lock",
            "INTO outgrow.run",
            "CREATE TABLE",
            "COPY .* FROM STDIN",
            "INTO outgrow.step",
            "CREATE INDEX|PRIMARY KEY",
            "FOREIGN KEY",
            "ANALYZE",
            "COPY \\(SELECT",
            "SET SCHEMA",
            "SET finished_at");

    private static final List<String> SETTINGS = List.of(
            "statement_timeout = 20",
            "lock_timeout = 1",
            "idle_in_transaction_session_timeout = 1",
            "idle_session_timeout = 300",
            "search_path = ''",
            "search_path = nowhere, public",
            "DateStyle = 'SQL, DMY'",
            "IntervalStyle = sql_standard",
            "TimeZone = 'Asia/Kathmandu'",
            "standard_conforming_strings = off",
            "quote_all_identifiers = on",
            "default_transaction_isolation = serializable",
            "default_transaction_read_only = on",
            "default_transaction_deferrable = on",
            "extra_float_digits = -15",
            "bytea_output = escape",
            "enable_seqscan = off",
            "work_mem = '64kB'",
            "maintenance_work_mem = '1MB'",
            "max_parallel_maintenance_workers = 0",
            "default_table_access_method = heap",
            "row_security = off",
            "plan_cache_mode = force_generic_plan",
            "synchronous_commit = off",
            "check_function_bodies = off");

    private static final List<String> HOSTILE_NAMES = List.of(
            "pg_class",
            "pg_type",
            "text",
            "int4",
            "citext",
            "a'b",
            "a\"\"b",
            "a;DROP TABLE users",
            "ﬀ",
            "İ",
            "outgrow",
            "run",
            " ",
            "a\nb",
            "$$",
            "%s",
            "n".repeat(70));

    private final boolean resumed;

    ChaosKind(boolean resumed) {
        this.resumed = resumed;
    }

    /** Whether the source is sound, so that the next run must end as one that was left alone. */
    boolean isResumed() {
        return resumed;
    }

    abstract @Nullable MigrationException harm(ChaosAttempt attempt, Random random) throws Exception;

    private static @Nullable MigrationException losingPackets(ChaosAttempt attempt, Random random) throws IOException {
        double loss = 0.002 + random.nextDouble() / 50;
        try (LossyProxy way = LossyProxy.before(attempt.database().jdbcUrl(), loss, random.nextLong())) {
            return attempt.run(attempt.migration(way.jdbcUrl()).stallTimeout(Duration.ofSeconds(20)));
        }
    }

    private static Process start(ChaosAttempt attempt, String url) throws IOException {
        return RunInAnotherProcess.start(attempt.file(), url, attempt.folder().resolve("out.txt"), "run");
    }

    /** Changes bytes in the middle of a file, or cuts its end off. */
    private static void damage(Path file, Random random, int places, boolean cut) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < places; i++) {
                byte[] bytes = new byte[1 + random.nextInt(20)];
                random.nextBytes(bytes);
                channel.write(ByteBuffer.wrap(bytes), random.nextLong(channel.size()));
            }
            if (cut) {
                channel.truncate(random.nextLong(channel.size()));
            }
        }
    }
}
