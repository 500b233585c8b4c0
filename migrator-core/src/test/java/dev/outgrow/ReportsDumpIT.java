package dev.outgrow;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.option.*;
import dev.outgrow.plan.*;
import dev.outgrow.testing.*;
import java.nio.file.*;
import java.sql.*;
import java.util.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(TestPostgres.class)
class ReportsDumpIT {
    @TempDir Path folder;
    static List<Path> reports() throws Exception {
        try (var s = Files.list(SharedFolder.called("reports"))) { return s.sorted().toList(); }
    }
    @ParameterizedTest @MethodSource("reports")
    void dump(Path report, TestDatabase database) throws Exception {
        StringBuilder out = new StringBuilder();
        for (String mode : List.of("created", "existing")) {
            boolean hasTarget = Files.exists(report.resolve("target.sql"));
            if (mode.equals("existing") && !hasTarget) continue;
            Path db = folder.resolve(mode + ".db");
            try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + db); Statement s = c.createStatement()) {
                s.executeUpdate(Files.readString(report.resolve("source.sql")));
            }
            String schema = "public";
            boolean pre = report.toString().matches(".*/(05|32|33)-.*");
            Migration m = Migration.from(db).to(database.dataSource()).backup(Backup.none());
            if (mode.equals("existing")) {
                database.execute("DROP SCHEMA IF EXISTS made CASCADE");
                if (!pre) try { database.execute(Files.readString(report.resolve("target.sql")).replace("bugs_26", database.name())); } catch (IllegalStateException e) { out.append("TARGET: ").append(e.getCause()).append("\n"); }
                m = m.into(TargetSchema.existing(schema));
            } else {
                if (pre) database.execute(Files.readString(report.resolve("target.sql")));
                m = m.into(TargetSchema.created(pre ? "public" : "made"));
            }
            out.append("== " + report.getFileName() + " " + mode + "\n");
            try {
                MigrationPlan plan = m.plan();
                for (Notice n : plan.notices()) out.append("  " + n.severity() + " " + n.id() + " | " + n.message() + " | " + n.count() + " " + n.keys() + "\n");
            } catch (MigrationException e) { out.append("  PLAN THROWS " + e.reason() + " " + e.getMessage() + "\n"); }
            try {
                m.accept("*").run();
                out.append("  RUN ok with accept *\n");
            } catch (MigrationException e) { out.append("  RUN THROWS " + e.reason() + " " + e.getMessage().replace("\n", "\n     ") + "\n"); }
              catch (Exception e) { out.append("  RUN UNEXPECTED " + e + "\n"); }
            database.execute("DROP SCHEMA IF EXISTS outgrow CASCADE");
        }
        Files.writeString(Path.of("/tmp/early/reports.txt"), out.toString().replaceAll("(.{900}).*", "$1…"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
