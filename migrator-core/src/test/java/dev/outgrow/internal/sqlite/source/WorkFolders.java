package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that makes work folders, which a test can kill. */
final class WorkFolders {
    private WorkFolders() {}

    /**
     * Makes them.
     *
     * @param arguments the folder to make them in; {@code hold}, to make one, say so and wait; or a number, to make and remove
     *     that many, and end with 1 when another process touched one that was in use
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        if (arguments[1].equals("hold")) {
            Files.writeString(WorkFolder.in(folder, "app.db").resolve("app.db"), "held");
            System.out.println("held");
            Thread.sleep(60_000);
        }
        if (!undisturbed(folder, Integer.parseInt(arguments[1]))) {
            System.exit(1);
        }
    }

    /** Makes and removes so many, and says whether everything in them was left alone. */
    static boolean undisturbed(Path folder, int times) throws IOException {
        for (int time = 0; time < times; time++) {
            try (WorkFolder made = WorkFolder.in(folder, "app.db")) {
                Path file = made.resolve("app.db");
                Files.writeString(file, "content");
                if (!Files.exists(file) || !Files.exists(made.resolve("lock"))) {
                    return false;
                }
            }
        }
        return true;
    }
}
