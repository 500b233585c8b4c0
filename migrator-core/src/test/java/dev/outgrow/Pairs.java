package dev.outgrow;

import dev.outgrow.testing.SharedFolder;
import dev.outgrow.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A folder of applications whose own migrations make both schemas, with what must come of their data. */
final class Pairs {
    private Pairs() {}

    /** The folder of each. */
    static Stream<Path> applications() {
        Path folder = SharedFolder.called("pairs");
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row of NEGATIVE.tsv. */
    record Damage(String table, String column, long rows) {}

    static List<Damage> damages(Path application) throws IOException {
        return Files.readAllLines(application.resolve("NEGATIVE.tsv")).stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\t", -1))
                .map(parts -> new Damage(parts[0], parts[1], Long.parseLong(parts[2])))
                .toList();
    }

    /** The expected rows, sorted, by the heading of their table: {@code name (columns)}. */
    static Map<String, List<String>> expected(Path application) throws IOException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        List<String> rows = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(application.resolve("expected.tsv.gz"))),
                StandardCharsets.UTF_8))) {
            // Not readLine: it takes other characters for ends of lines.
            StringBuilder all = new StringBuilder();
            char[] some = new char[1 << 16];
            for (int read = reader.read(some); read >= 0; read = reader.read(some)) {
                all.append(some, 0, read);
            }
            for (String line : all.toString().split("\n", -1)) {
                if (line.startsWith("## ")) {
                    rows = new ArrayList<>();
                    tables.put(line.substring(3, line.lastIndexOf(')') + 1), rows);
                } else if (!line.isEmpty()) {
                    rows.add(line);
                }
            }
        }
        return tables;
    }

    /** The rows of a table as the file writes them. */
    static List<String> actual(TestDatabase database, String heading) throws SQLException {
        String table = heading.substring(0, heading.indexOf(" ("));
        String[] columns = heading.substring(heading.indexOf('(') + 1, heading.length() - 1)
                .split(", ");
        StringBuilder list = new StringBuilder();
        for (String column : columns) {
            list.append(list.isEmpty() ? "" : ", ").append('"').append(column).append("\"::text");
        }
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'; SET bytea_output = 'hex'; SET extra_float_digits = 1;"
                    + " SET IntervalStyle = 'postgres'; SET DateStyle = 'ISO, MDY'");
            try (ResultSet row = statement.executeQuery("SELECT " + list + " FROM public.\"" + table + '"')) {
                while (row.next()) {
                    StringBuilder line = new StringBuilder();
                    for (int i = 1; i <= columns.length; i++) {
                        line.append(i == 1 ? "" : "\t").append(written(row.getString(i)));
                    }
                    rows.add(line.toString());
                }
            }
        }
        return rows;
    }

    /** As COPY's text format writes it. */
    private static String written(@Nullable String value) {
        if (value == null) {
            return "\\N";
        }
        return value.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /** The value behind which the sequence of a column must go on. */
    record Position(String table, String column, long greatest) {}

    static List<Position> positions(Path application) throws IOException {
        return Files.readAllLines(application.resolve("sequences.tsv")).stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\t", -1))
                .map(parts -> new Position(parts[0], parts[1], parts[3].equals("None") ? 0 : Long.parseLong(parts[3])))
                .toList();
    }
}
