package dev.outgrow;

import static dev.outgrow.SwitchoverCase.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A server that speaks TLS and wants passwords by SCRAM. */
class SecuredServerIT {
    private static final char[] STORE_PASSWORD = "password".toCharArray();

    @TempDir
    static Path folder;

    private static PostgresServer server;
    private static TestDatabase database;
    private static PGSimpleDataSource role;

    @BeforeAll
    static void starts() throws Exception {
        certificate("server");
        certificate("another");
        server = PostgresServer.embedded(Map.of(
                "password_encryption",
                "scram-sha-256",
                "ssl",
                "on",
                "ssl_cert_file",
                "'" + folder.resolve("server.crt") + "'",
                "ssl_key_file",
                "'" + folder.resolve("server.key") + "'"));
        database = server.freshDatabase();
        role = database.newRole("");
        String rules = String.join(
                "\n", "hostssl all " + role.getUser() + " all scram-sha-256", "host all postgres all trust");
        database.execute(
                "GRANT CREATE ON SCHEMA public TO " + role.getUser(),
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + role.getUser(),
                "DO $do$ BEGIN EXECUTE format('COPY (SELECT unnest(string_to_array(%L, E''\\n''))) TO %L', '" + rules
                        + "', current_setting('hba_file')); PERFORM pg_reload_conf(); END $do$");
        Patience.until(
                "the rules hold",
                () -> "1"
                        .equals(database.value(
                                "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'scram-sha-256'")));
    }

    @AfterAll
    static void stops() {
        database.close();
        server.close();
    }

    /** Makes a certificate for localhost that signs itself. */
    private static void certificate(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        assertThat(Patience.succeeds(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(STORE_PASSWORD)))
                .isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD);
        }
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate("key").getEncoded());
        pem(name + ".key", "PRIVATE KEY", keys.getKey("key", STORE_PASSWORD).getEncoded());
    }

    private static void pem(String file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Path path = Files.writeString(
                folder.resolve(file),
                "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n",
                StandardCharsets.US_ASCII);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    private static Migration migration(String name, String password, String options) {
        Path file = folder.resolve(name + ".db");
        SqliteFiles.write(
                file, "CREATE TABLE t" + name + "(id INTEGER PRIMARY KEY)", "INSERT INTO t" + name + " VALUES (1)");
        String url = role.getURL().replaceFirst("\\?.*", "").replaceFirst("//[^:/]+:", "//localhost:");
        return Migration.from(file).to(url + "?user=" + role.getUser() + "&password=" + password + options);
    }

    private static String verified(String certificate) {
        return "&sslmode=verify-full&channelBinding=require&sslrootcert=" + folder.resolve(certificate + ".crt");
    }

    @Test
    void migratesOverTlsWithAScramPassword() {
        Migration migration = migration("a", role.getPassword(), verified("server"));
        List<String> secured = new CopyOnWriteArrayList<>();
        assertThat(migration
                        .listener(Disturbed.at(phase -> secured.add(database.value(
                                "SELECT bool_and(s.ssl) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
                                        + " WHERE a.application_name = 'outgrow'"))))
                        .run()
                        .rows())
                .isEqualTo(1);
        assertThat(secured).isNotEmpty().containsOnly("t");
        assertThat(Switchover.of(migration).active()).isEqualTo(ActiveDatabase.POSTGRES);
    }

    @Test
    void saysWhatTheServerRefuses() {
        MigrationException password = failed(
                Reason.TARGET_REFUSED,
                () -> migration("b", "wrong-word", verified("server")).run());
        assertThat(password.toString() + password.getCause()).doesNotContain("wrong-word");
        MigrationException plain = failed(
                Reason.TARGET_REFUSED,
                () -> migration("d", role.getPassword(), "&sslmode=disable").run());
        assertThat(plain.remedy()).contains("sslmode");
        assertThat(database.value("SELECT to_regclass('public.tb') IS NULL")).isEqualTo("t");
    }

    @Test
    void doesNotTalkToAServerWhoseCertificateItCannotVerify() {
        MigrationException thrown = failed(
                Reason.TARGET_UNREACHABLE,
                () -> migration("c", role.getPassword(), verified("another")).run());
        assertThat(thrown).hasMessageContaining("SSL");
        assertThat(thrown.toString() + thrown.getCause()).doesNotContain(role.getPassword());
    }
}
