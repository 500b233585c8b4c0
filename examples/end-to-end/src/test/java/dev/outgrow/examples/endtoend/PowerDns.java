package dev.outgrow.examples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.SqliteFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import javax.naming.NamingException;
import javax.naming.directory.InitialDirContext;

/** Debian's PowerDNS: its API is the interface, and what it answers to questions about names is what it is for. */
final class PowerDns implements App {
    private static final String ZONE = "zone.test.";

    private final Path folder;
    private final DebianPackages packages;
    private final int webPort;
    private final int namesPort;
    private final Set<String> keys = new HashSet<>();

    private PowerDns(Path folder, DebianPackages packages) throws IOException {
        this.folder = folder;
        this.packages = packages;
        this.webPort = Program.freePort();
        this.namesPort = Program.freePort();
    }

    static PowerDns in(Path folder) throws IOException, InterruptedException {
        return new PowerDns(
                folder, DebianPackages.unpackedIn(folder, "pdns-server", "pdns-backend-sqlite3", "pdns-backend-pgsql"));
    }

    @Override
    public Place.InFile installed() throws IOException {
        Path file = folder.resolve("pdns.db");
        SqliteFiles.write(
                file, Files.readString(packages.find("usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql")));
        return new Place.InFile(file);
    }

    @Override
    public void prepare(Place.InPostgres postgres) throws IOException, SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl() + "&password=" + postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(packages.find("usr/share/pdns-backend-pgsql/schema/schema.pgsql.sql")));
        }
    }

    @Override
    public List<String> options() {
        return List.of("--existing", "public");
    }

    @Override
    public Running start(Place place) throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>(List.of(
                "module-dir=" + packages.find("usr/lib", "*-linux-gnu*").resolve("pdns"),
                "api=yes",
                "api-key=key-of-the-api",
                "webserver=yes",
                "webserver-address=127.0.0.1",
                "webserver-port=" + webPort,
                "local-address=127.0.0.1",
                "local-port=" + namesPort,
                "socket-dir=" + folder,
                "disable-syslog=yes",
                "setuid=",
                "setgid=",
                "primary=yes",
                "xfr-cycle-interval=1",
                "cache-ttl=0",
                "query-cache-ttl=0",
                "negquery-cache-ttl=0",
                "zone-cache-refresh-interval=0"));
        if (place instanceof Place.InPostgres postgres) {
            settings.addAll(List.of(
                    "launch=gpgsql",
                    "gpgsql-host=" + postgres.host(),
                    "gpgsql-port=" + postgres.port(),
                    "gpgsql-dbname=" + postgres.database(),
                    "gpgsql-user=" + postgres.user(),
                    "gpgsql-password=" + postgres.password(),
                    "gpgsql-dnssec=yes"));
        } else if (place instanceof Place.InFile file) {
            settings.addAll(List.of("launch=gsqlite3", "gsqlite3-database=" + file.file(), "gsqlite3-dnssec=yes"));
        }
        Files.write(folder.resolve("pdns.conf"), settings);
        Program program = Program.serving(
                webPort,
                folder,
                packages.environment(),
                List.of(packages.find("usr/sbin/pdns_server").toString(), "--config-dir=" + folder, "--daemon=no"));
        return new Answering(program);
    }

    private final class Answering implements Running {
        private final Program program;
        private final Web web = new Web("http://127.0.0.1:" + webPort + "/api/v1/servers/localhost");

        Answering(Program program) {
            this.program = program;
        }

        @Override
        public void logIn() throws Exception {
            web.header("X-API-Key", "key-of-the-api");
            assertThat(web.get("").getAsJsonObject().get("daemon_type").getAsString())
                    .isEqualTo("authoritative");
        }

        /** The first record makes the zone, signed, with a comment and a record that is switched off. */
        @Override
        public void write(String name) throws Exception {
            if (web.get("/zones").getAsJsonArray().isEmpty()) {
                web.send("POST", "/zones", JsonParser.parseString("""
                        {"name": "zone.test.", "kind": "Master", "nameservers": ["ns.zone.test."], "dnssec": true}"""));
                web.send("POST", "/tsigkeys", JsonParser.parseString("""
                        {"name": "transfer", "algorithm": "hmac-sha256"}"""));
            }
            web.send("PATCH", "/zones/" + ZONE, JsonParser.parseString("""
                    {"rrsets": [
                      {"name": "NAME.zone.test.", "type": "A", "ttl": 300, "changetype": "REPLACE",
                       "records": [{"content": "192.0.2.1", "disabled": false}, {"content": "192.0.2.2", "disabled": true}],
                       "comments": [{"content": "a größer comment on NAME", "account": "me"}]},
                      {"name": "NAME.zone.test.", "type": "TXT", "ttl": 300, "changetype": "REPLACE",
                       "records": [{"content": "\\"a \\\\\\"quoted\\\\\\" NAME\\"", "disabled": false}]}]}
                    """.replace("NAME", name)));
        }

        @Override
        public void read(String name) throws Exception {
            assertThat(question(name, "A")).containsExactly("192.0.2.1");
            assertThat(question(name, "TXT")).containsExactly("\"a \\\"quoted\\\" " + name + "\"");
            String key = web.get("/zones/" + ZONE + "/cryptokeys")
                    .getAsJsonArray()
                    .get(0)
                    .getAsJsonObject()
                    .get("dnskey")
                    .getAsString();
            keys.add(key);
            assertThat(keys).as("keys that sign the zone").hasSize(1);
        }

        @Override
        public void find(String name) throws Exception {
            assertThat(web.get("/search-data?q=" + name + ".*").toString()).contains("192.0.2.1", "192.0.2.2");
            assertThat(web.get("/search-data?q=*comment*").toString()).contains("a größer comment on " + name);
        }

        /** It tells other servers that the zone has changed, and writes down what it told them. */
        @Override
        public void work() throws Exception {
            Patience.until("the change of the zone is told", () -> {
                JsonObject zone = zone();
                return zone.get("notified_serial").equals(zone.get("serial"));
            });
        }

        private JsonObject zone() {
            try {
                return web.get("/zones/" + ZONE).getAsJsonObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** By Java's own client of DNS, which wants a Hashtable; what it reads is text of this very server. */
        @SuppressWarnings({"BanJNDI", "JdkObsolete"})
        private List<String> question(String name, String type) throws NamingException {
            Hashtable<String, String> settings = new Hashtable<>();
            settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
            settings.put("java.naming.provider.url", "dns://127.0.0.1:" + namesPort);
            InitialDirContext context = new InitialDirContext(settings);
            try {
                var found = context.getAttributes(name + "." + ZONE, new String[] {type})
                        .get(type);
                List<String> answers = new ArrayList<>();
                if (found != null) {
                    found.getAll().asIterator().forEachRemaining(each -> answers.add(each.toString()));
                }
                return answers;
            } finally {
                context.close();
            }
        }

        @Override
        public void close() {
            program.close();
        }
    }
}
