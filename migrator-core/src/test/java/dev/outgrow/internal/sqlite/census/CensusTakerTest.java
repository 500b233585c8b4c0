package dev.outgrow.internal.sqlite.census;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.read.AllocationByRow;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CensusTakerTest {
    @TempDir
    Path folder;

    @Test
    void countsFromThePageOnWithoutAllocatingForAValue() throws SQLException {
        double bytesARow = AllocationByRow.bytes(
                folder,
                (source, table, range) ->
                        new CensusTaker(source, (name, rows, bytes) -> {}).count(table, range, ColumnCounter::new));
        assertThat(bytesARow).isLessThan(1);
    }
}
