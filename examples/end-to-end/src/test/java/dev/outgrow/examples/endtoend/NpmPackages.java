package dev.outgrow.examples.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Packages of npm with all that they need, installed into a folder. */
final class NpmPackages {
    private NpmPackages() {}

    /** Installs them; a test that asks for what cannot be had is skipped, and says so. */
    static void installIn(Path folder, String... packages) throws IOException, InterruptedException {
        assumeTrue(
                Patience.succeeds("node", "--version") && Patience.succeeds("npm", "--version"),
                "there is no Node.js with npm");
        Files.writeString(folder.resolve("package.json"), "{\"private\": true}");
        List<String> install = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund"));
        install.addAll(List.of(packages));
        Program.Ended ended = Program.run(folder, headers(folder), install);
        assumeTrue(
                ended.status() == 0,
                () -> "npm cannot give " + String.join(", ", packages)
                        + " (what is compiled needs g++, make and Python): " + ended.output());
    }

    /** Parts that are compiled need the headers of Node.js: those beside it, if they are there, else npm downloads them. */
    private static Map<String, String> headers(Path folder) throws IOException, InterruptedException {
        Path node = Path.of(Program.runWell(folder, Map.of(), List.of("node", "-p", "process.execPath"))
                .strip());
        Path home = node.resolve("../..").normalize();
        return Files.isRegularFile(home.resolve("include/node/node.h"))
                ? Map.of("npm_config_nodedir", home.toString())
                : Map.of();
    }
}
