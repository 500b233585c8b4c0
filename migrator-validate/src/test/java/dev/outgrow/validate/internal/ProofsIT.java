package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.validate.SchemaFinding;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.catalog.SchemaProof;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The proofs of views and other expressions, which are work for all lanes. */
@ExtendWith(TestPostgres.class)
class ProofsIT {
    private static final int LANES = 3;

    @Test
    void areMadeOnAllLanesAndToldInTheirOrder(TestDatabase database, @TempDir Path folder) throws Exception {
        Path file = SqliteFiles.write(folder.resolve("app.db"), "CREATE TABLE t(id INT)");
        CyclicBarrier together = new CyclicBarrier(LANES);
        List<SchemaProof> proofs = IntStream.range(0, 2 * LANES)
                .mapToObj(number -> (SchemaProof) (sqlite, postgres, findings) -> {
                    try {
                        together.await(1, TimeUnit.MINUTES);
                    } catch (Exception e) {
                        throw new IllegalStateException("not all lanes are at work", e);
                    }
                    findings.wrong("view:v" + number, "number " + number);
                })
                .toList();
        List<Integer> steps = Collections.synchronizedList(new ArrayList<>());
        ValidationReport report = new Validator(
                        DatabaseAccess.opening(() -> DriverManager.getConnection("jdbc:sqlite:" + file)),
                        DatabaseAccess.opening(database::connect),
                        List.of(),
                        ValidatorOptions.defaults().withParallelism(LANES).withProgress(new ValidationProgress() {
                            @Override
                            public void compared(String table, long rows, long bytes) {}

                            @Override
                            public void step(String what, int number, int all) {
                                steps.add(number);
                            }
                        }))
                .proving(proofs)
                .run();
        assertThat(report.schemaFindings())
                .extracting(SchemaFinding::id)
                .containsExactly("view:v0", "view:v1", "view:v2", "view:v3", "view:v4", "view:v5");
        assertThat(steps).isSorted().doesNotHaveDuplicates();
    }
}
