package dev.outgrow.examples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Debian's MediaWiki in PHP's own web server, used as editors and their programs use it. */
final class MediaWiki implements App {
    private static final String OWNER = "Admin";
    private static final String PASSWORD = "Old-secret-1234";
    private static final List<String> EXTENSIONS = List.of(
            "mbstring",
            "xml",
            "dom",
            "intl",
            "pdo",
            "pdo_sqlite",
            "sqlite3",
            "pgsql",
            "fileinfo",
            "ctype",
            "iconv",
            "tokenizer",
            "xmlreader",
            "calendar",
            "posix");

    private final Path folder;
    private final Path wiki;
    private final DebianPackages packages;
    private final int port;

    private MediaWiki(Path folder, Path wiki, DebianPackages packages) throws IOException {
        this.folder = folder;
        this.wiki = wiki;
        this.packages = packages;
        this.port = Program.freePort();
    }

    static MediaWiki in(Path folder) throws IOException, InterruptedException {
        DebianPackages packages = DebianPackages.unpackedIn(
                folder, "mediawiki", "php-cli", "php-sqlite3", "php-pgsql", "php-mbstring", "php-xml", "php-intl");
        Path wiki = folder.resolve("wiki");
        copy(packages.find("usr/share/mediawiki"), wiki);
        Files.createDirectories(wiki.resolve("images"));
        if (!Files.exists(wiki.resolve("extensions"))) {
            Files.createSymbolicLink(wiki.resolve("extensions"), Path.of("extensions-core"));
        }
        return new MediaWiki(folder, wiki, packages);
    }

    @Override
    public Place.InFile installed() throws IOException, InterruptedException {
        Path data = Files.createDirectories(folder.resolve("data"));
        install(List.of("--dbtype=sqlite", "--dbname=wiki", "--dbpath=" + data), PASSWORD);
        return new Place.InFile(data.resolve("wiki.sqlite"));
    }

    @Override
    public void prepare(Place.InPostgres postgres) throws IOException, InterruptedException {
        install(
                List.of(
                        "--dbtype=postgres",
                        "--dbname=" + postgres.database(),
                        "--dbserver=" + postgres.host(),
                        "--dbport=" + postgres.port(),
                        "--dbuser=" + postgres.user(),
                        "--dbpass=" + postgres.password()),
                "Another-secret-1234");
    }

    private void install(List<String> database, String password) throws IOException, InterruptedException {
        Files.deleteIfExists(wiki.resolve("LocalSettings.php"));
        List<String> arguments = new ArrayList<>(List.of(
                wiki.resolve("maintenance/install.php").toString(),
                "--confpath=" + folder,
                "--server=http://127.0.0.1:" + port,
                "--scriptpath=",
                "--pass=" + password));
        arguments.addAll(database);
        arguments.addAll(List.of("Wiki", OWNER));
        Program.runWell(folder, packages.environment(), php(arguments));
        Files.delete(folder.resolve("LocalSettings.php"));
    }

    @Override
    public List<String> options() {
        return List.of("--rules", Resources.path("mediawiki.json").toString());
    }

    @Override
    public Place.InFile named(Path file) throws IOException {
        Path data = Files.createDirectories(file.resolveSibling("back"));
        return new Place.InFile(data.resolve("wiki.sqlite"));
    }

    @Override
    public void tidyUp(Place.InFile back) throws IOException, InterruptedException {
        useOn(back);
        maintain("rebuildtextindex");
    }

    @Override
    public Running start(Place place) throws IOException, InterruptedException {
        useOn(place);
        return new Serving(
                Program.serving(port, wiki, packages.environment(), php(List.of("-S", "127.0.0.1:" + port))));
    }

    /** Writes its settings: the two differ in where the database is. */
    private void useOn(Place place) throws IOException {
        String database = "";
        if (place instanceof Place.InPostgres postgres) {
            database = """
                    $wgDBtype = "postgres";
                    $wgDBname = "%s";
                    $wgDBserver = "%s";
                    $wgDBport = "%d";
                    $wgDBuser = "%s";
                    $wgDBpassword = "%s";
                    $wgDBmwschema = "mediawiki";
                    """.formatted(
                    postgres.database(), postgres.host(), postgres.port(), postgres.user(), postgres.password());
        } else if (place instanceof Place.InFile file) {
            database = """
                    $wgDBtype = "sqlite";
                    $wgDBname = "wiki";
                    $wgSQLiteDataDir = "%s";
                    """.formatted(Objects.requireNonNull(file.file().getParent()));
        }
        Files.writeString(
                wiki.resolve("LocalSettings.php"), """
                <?php
                $wgSitename = "Wiki";
                $wgScriptPath = "";
                $wgServer = "http://127.0.0.1:%d";
                $wgSecretKey = "%s";
                $wgJobRunRate = 0;
                """.formatted(port, "0123456789abcdef".repeat(4)) + database);
    }

    private String maintain(String script) throws IOException, InterruptedException {
        return Program.runWell(
                wiki,
                packages.environment(),
                php(List.of(wiki.resolve("maintenance/" + script + ".php").toString())));
    }

    private List<String> php(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(packages.find("usr/bin", "php[0-9]*").toString(), "-n", "-d", "memory_limit=512M"));
        Path modules = packages.find("usr/lib/php", "20*");
        for (String extension : EXTENSIONS) {
            command.addAll(List.of("-d", "extension=" + modules.resolve(extension + ".so")));
        }
        command.addAll(arguments);
        return command;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                if (!Files.isSymbolicLink(file)) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
            }
        }
    }

    private final class Serving implements Running {
        private final Program program;
        private final Web web = new Web("http://127.0.0.1:" + port + "/api.php");

        Serving(Program program) {
            this.program = program;
        }

        private JsonObject ask(String... fields) throws IOException, InterruptedException {
            Map<String, String> form = new HashMap<>(Map.of("format", "json", "formatversion", "2"));
            for (int i = 0; i < fields.length; i += 2) {
                form.put(fields[i], fields[i + 1]);
            }
            JsonObject answer = web.form("", form).getAsJsonObject();
            assertThat(answer.has("error")).as(answer.toString()).isFalse();
            return answer;
        }

        private String token(String type) throws IOException, InterruptedException {
            return ask("action", "query", "meta", "tokens", "type", type)
                    .getAsJsonObject("query")
                    .getAsJsonObject("tokens")
                    .get(type + "token")
                    .getAsString();
        }

        @Override
        public void logIn() throws Exception {
            JsonObject answer =
                    ask("action", "login", "lgname", OWNER, "lgpassword", PASSWORD, "lgtoken", token("login"));
            assertThat(answer.getAsJsonObject("login").get("result").getAsString())
                    .as(answer.toString())
                    .isEqualTo("Success");
        }

        @Override
        public void write(String name) throws Exception {
            edit(name, "a first draft");
            edit(name, text(name));
        }

        private void edit(String name, String text) throws IOException, InterruptedException {
            JsonObject answer = ask("action", "edit", "title", "Page " + name, "text", text, "token", token("csrf"));
            assertThat(answer.getAsJsonObject("edit").get("result").getAsString())
                    .as(answer.toString())
                    .isEqualTo("Success");
        }

        private static String text(String name) {
            return "word" + name + " größer als 🐘 [[Main Page]] [[Category:All]]";
        }

        @Override
        public void read(String name) throws Exception {
            JsonObject page = ask(
                            "action",
                            "query",
                            "prop",
                            "revisions",
                            "titles",
                            "Page " + name,
                            "rvprop",
                            "content|user|timestamp",
                            "rvslots",
                            "main",
                            "rvlimit",
                            "9")
                    .getAsJsonObject("query")
                    .getAsJsonArray("pages")
                    .get(0)
                    .getAsJsonObject();
            assertThat(page.getAsJsonArray("revisions")).as(page.toString()).hasSize(2);
            assertThat(page.toString()).contains(text(name), "a first draft", OWNER);
            assertThat(ask("action", "query", "list", "categorymembers", "cmtitle", "Category:All")
                            .toString())
                    .contains("Page " + name);
        }

        @Override
        public void find(String name) throws Exception {
            assertThat(ask("action", "query", "list", "search", "srwhat", "text", "srsearch", "word" + name)
                            .toString())
                    .contains("\"title\":\"Page " + name + "\"");
        }

        /** An edit leaves jobs in the queue, which the job runner does. */
        @Override
        public void work() throws Exception {
            edit("of work", "at " + System.nanoTime());
            assertThat(jobs()).isPositive();
            assertThat(maintain("runJobs")).contains(" good");
            assertThat(jobs()).isZero();
        }

        private int jobs() throws IOException, InterruptedException {
            return ask("action", "query", "meta", "siteinfo", "siprop", "statistics")
                    .getAsJsonObject("query")
                    .getAsJsonObject("statistics")
                    .get("jobs")
                    .getAsInt();
        }

        @Override
        public void close() {
            program.close();
        }
    }
}
