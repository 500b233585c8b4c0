package dev.outgrow.examples.spring;

import dev.outgrow.examples.spring.notes.NotesApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it runs: started by its settings, spoken to over HTTP. */
final class RunningApp implements AutoCloseable {
    /** An empty password, which Flyway 11.7 takes eight seconds to leave out of its log. */
    private static final String NO_PASSWORD = "&password=";

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningApp(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** On the database that the settings give by default: SQLite. */
    static RunningApp onSqlite(Path file, String... settings) {
        return start(file, List.of(settings));
    }

    /** With settings that name PostgreSQL. */
    static RunningApp onPostgres(Path file, String url, String... settings) {
        String shorter = url.endsWith(NO_PASSWORD) ? url.substring(0, url.length() - NO_PASSWORD.length()) : url;
        List<String> all = new ArrayList<>(List.of("--spring.datasource.url=" + shorter));
        all.addAll(List.of(settings));
        return start(file, all);
    }

    private static RunningApp start(Path file, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--outgrow.file=" + file,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.jmx.enabled=false"));
        arguments.addAll(settings);
        return new RunningApp(SpringApplication.run(NotesApplication.class, arguments.toArray(String[]::new)));
    }

    void add(String body) throws IOException, InterruptedException {
        send(request("/notes").POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    String get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    boolean hasBean(String className) throws ClassNotFoundException {
        return context.getBeanNamesForType(Class.forName(className)).length > 0;
    }

    private HttpRequest.Builder request(String path) {
        String port = context.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "text/plain");
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() {
        context.close();
    }
}
