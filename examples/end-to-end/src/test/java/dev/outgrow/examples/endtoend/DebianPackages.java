package dev.outgrow.examples.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.testing.Patience;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Packages of Debian with all that they need and the machine lacks, unpacked into a folder: nothing is installed, no service is
 * started, and no right is needed.
 */
final class DebianPackages {
    private final Path root;

    private DebianPackages(Path root) {
        this.root = root;
    }

    /** Downloads and unpacks them; a test that asks for what cannot be had is skipped, and says so. */
    static DebianPackages unpackedIn(Path folder, String... packages) throws IOException, InterruptedException {
        assumeTrue(
                Patience.succeeds("apt-get", "--version") && Patience.succeeds("dpkg-deb", "--version"),
                "this is no Debian: there is no apt-get");
        Path archives = Files.createDirectories(folder.resolve("archives"));
        Files.createDirectories(archives.resolve("partial"));
        List<String> download = new ArrayList<>(List.of(
                "apt-get",
                "--yes",
                "--no-install-recommends",
                "--download-only",
                "--option=Debug::NoLocking=true",
                "--option=Dir::Cache::Archives=" + archives,
                "install"));
        download.addAll(List.of(packages));
        Program.Ended ended = Program.run(folder, Map.of("LC_ALL", "C.UTF-8"), download);
        assumeTrue(
                ended.status() == 0,
                () -> "apt-get cannot give " + String.join(", ", packages) + " (call \"apt-get update\" once): "
                        + ended.output());
        Path root = Files.createDirectories(folder.resolve("root"));
        try (Stream<Path> files = Files.list(archives)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".deb"))
                    .sorted()
                    .toList()) {
                System.out.println("unpacked " + file.getFileName());
                Program.runWell(folder, Map.of(), List.of("dpkg-deb", "-x", file.toString(), root.toString()));
            }
        }
        return new DebianPackages(root);
    }

    /** A file or folder of the packages, or of the same packages as the machine has them installed. */
    Path find(String path) {
        return Stream.of(root.resolve(path), Path.of("/").resolve(path))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Debian's packages have no /" + path));
    }

    /** Likewise the first in a folder whose name is like this. */
    Path find(String folder, String glob) throws IOException {
        for (Path parent : List.of(root.resolve(folder), Path.of("/").resolve(folder))) {
            if (Files.isDirectory(parent)) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, glob)) {
                    for (Path each : found) {
                        return each;
                    }
                }
            }
        }
        throw new AssertionError("Debian's packages have no /" + folder + "/" + glob);
    }

    /** Where the dynamic linker finds the libraries that were unpacked. */
    Map<String, String> environment() throws IOException {
        List<String> folders = new ArrayList<>();
        for (String parent : List.of("usr/lib", "lib")) {
            if (Files.isDirectory(root.resolve(parent))) {
                try (DirectoryStream<Path> found = Files.newDirectoryStream(root.resolve(parent), "*-linux-gnu*")) {
                    found.forEach(each -> folders.add(each.toString()));
                }
            }
        }
        return Map.of("LD_LIBRARY_PATH", String.join(":", folders));
    }
}
