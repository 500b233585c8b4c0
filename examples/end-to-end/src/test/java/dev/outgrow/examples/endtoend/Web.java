package dev.outgrow.examples.endtoend;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a program asks an application over HTTP, with the cookies of one user, and gets as JSON. */
final class Web {
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    private final String base;
    private final Map<String, String> headers = new TreeMap<>();

    /**
     * A user of an application.
     *
     * @param base to which paths are added
     */
    Web(String base) {
        this.base = base;
    }

    /** Sends a header with each request from now on. */
    void header(String name, String value) {
        headers.put(name, value);
    }

    /** Asks for what is at a path. */
    JsonElement get(String path) throws IOException, InterruptedException {
        return answer("GET", path, BodyPublishers.noBody());
    }

    /** Sends JSON. */
    JsonElement send(String method, String path, JsonElement body) throws IOException, InterruptedException {
        header("Content-Type", "application/json");
        return answer(method, path, BodyPublishers.ofString(body.toString()));
    }

    /** Sends the fields of a form. */
    JsonElement form(String path, Map<String, String> fields) throws IOException, InterruptedException {
        header("Content-Type", "application/x-www-form-urlencoded");
        return answer(
                "POST",
                path,
                BodyPublishers.ofString(fields.entrySet().stream()
                        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"))));
    }

    /** A text as a part of a URL. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonElement answer(String method, String path, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofMinutes(2))
                .method(method, body);
        headers.forEach(request::header);
        var response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body().isBlank() ? JsonNull.INSTANCE : JsonParser.parseString(response.body());
    }
}
