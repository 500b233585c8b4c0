package dev.outgrow.examples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.outgrow.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** npm's Vendure, a shop over TypeORM, administered by its own API. It runs in a zone that is not UTC. */
final class Vendure implements App {
    private static final String OWNER_PASSWORD = "Old-secret-1234";

    private final Path folder;
    private final int port;
    private final Map<String, String> firstTimes = new HashMap<>();

    private Vendure(Path folder) throws IOException {
        this.folder = folder;
        this.port = Program.freePort();
    }

    static Vendure in(Path folder) throws IOException, InterruptedException {
        NpmPackages.installIn(folder, "@vendure/core@3.7.3", "better-sqlite3@11.10.0", "pg@8.16.3");
        Files.copy(Resources.path("shop.js"), folder.resolve("shop.js"), StandardCopyOption.REPLACE_EXISTING);
        return new Vendure(folder);
    }

    @Override
    public Place.InFile installed() throws IOException, InterruptedException {
        Place.InFile place = new Place.InFile(folder.resolve("shop.db"));
        serve(place, OWNER_PASSWORD, true).close();
        return place;
    }

    @Override
    public void prepare(Place.InPostgres postgres) throws IOException, InterruptedException {
        serve(postgres, "Another-secret-1234", true).close();
    }

    @Override
    public List<String> options() {
        return List.of("--rules", Resources.path("vendure.json").toString());
    }

    @Override
    public Running start(Place place) throws IOException, InterruptedException {
        return new Selling(serve(place, OWNER_PASSWORD, false));
    }

    private Program serve(Place place, String ownerPassword, boolean makesTables)
            throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "TZ",
                "Europe/Berlin",
                "VENDURE_DISABLE_TELEMETRY",
                "true",
                "SHOP_PORT",
                Integer.toString(port),
                "SHOP_OWNER_PASSWORD",
                ownerPassword,
                "SHOP_MAKES_TABLES",
                Boolean.toString(makesTables)));
        if (place instanceof Place.InPostgres postgres) {
            settings.put("SHOP_HOST", postgres.host());
            settings.put("SHOP_DATABASE_PORT", Integer.toString(postgres.port()));
            settings.put("SHOP_DATABASE", postgres.database());
            settings.put("SHOP_USER", postgres.user());
            settings.put("SHOP_PASSWORD", postgres.password());
        } else if (place instanceof Place.InFile file) {
            settings.put("SHOP_FILE", file.file().toString());
        }
        return Program.serving(port, folder, settings, List.of("node", "shop.js"));
    }

    private final class Selling implements Running {
        private final Program program;
        private final Web web = new Web("http://127.0.0.1:" + port + "/admin-api");

        Selling(Program program) {
            this.program = program;
        }

        private JsonObject ask(String query) throws IOException, InterruptedException {
            JsonObject body = new JsonObject();
            body.addProperty("query", query);
            JsonObject answer = web.send("POST", "", body).getAsJsonObject();
            assertThat(answer.has("errors")).as(answer.toString()).isFalse();
            return answer.getAsJsonObject("data");
        }

        @Override
        public void logIn() throws Exception {
            JsonObject answer =
                    ask("mutation { login(username: \"owner\", password: \"" + OWNER_PASSWORD + "\") { __typename } }");
            assertThat(answer.getAsJsonObject("login").get("__typename").getAsString())
                    .isEqualTo("CurrentUser");
        }

        /** The first product is preceded by what prices need. */
        @Override
        public void write(String name) throws Exception {
            if (ask("{ zones { totalItems } }").toString().contains(":0}")) {
                ask("mutation { createTaxCategory(input: {name: \"Standard\"}) { id } }");
                ask("mutation { createZone(input: {name: \"Everywhere\", memberIds: []}) { id } }");
                ask("mutation { updateChannel(input: {id: 1, defaultTaxZoneId: 1, defaultShippingZoneId: 1})"
                        + " { __typename } }");
                ask("mutation { createTaxRate(input: {name: \"VAT\", enabled: true, value: 20, categoryId: 1,"
                        + " zoneId: 1}) { id } }");
            }
            String id = ask("mutation { createProduct(input: {enabled: true, translations: [{languageCode: en,"
                            + " name: \"Product " + name + "\", slug: \"product-" + name
                            + "\", description: \"größer als 🐘 word" + name + "\"}]}) { id } }")
                    .getAsJsonObject("createProduct")
                    .get("id")
                    .getAsString();
            ask("mutation { createProductVariants(input: [{productId: " + id + ", sku: \"sku-" + name
                    + "\", price: 1299, stockOnHand: 7, translations: [{languageCode: en, name: \"Variant\"}]}])"
                    + " { id } }");
        }

        @Override
        public void read(String name) throws Exception {
            JsonElement product = ask("{ product(slug: \"product-" + name
                            + "\") { createdAt description variants { createdAt sku price priceWithTax stockOnHand } } }")
                    .get("product");
            assertThat(product.toString())
                    .contains("größer als 🐘 word" + name, "\"sku-" + name + "\"", ":1299,", ":1559,", ":7}");
            String first = firstTimes.computeIfAbsent(name, any -> product.toString());
            assertThat(product.toString()).as("as it was, its times included").isEqualTo(first);
        }

        /** The index is made by the job queue, which keeps its jobs in the database. */
        @Override
        public void find(String name) throws Exception {
            Patience.until("product " + name + " is found", () -> {
                try {
                    return ask("{ search(input: {term: \"word" + name + "\"}) { items { sku } } }")
                            .toString()
                            .contains("sku-" + name);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }

        @Override
        public void work() throws Exception {
            String job = ask("mutation { reindex { id } }")
                    .getAsJsonObject("reindex")
                    .get("id")
                    .getAsString();
            Patience.until("the index is made anew", () -> {
                try {
                    return ask("{ job(jobId: " + job + ") { state } }")
                            .toString()
                            .contains("COMPLETED");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }

        @Override
        public void close() {
            program.close();
        }
    }
}
