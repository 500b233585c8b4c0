package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A source and a good target of it, which a test damages in a transaction that is rolled back after each validation. */
final class DamagedTarget implements AutoCloseable {
    private final TestDatabase database;
    private final Path file;
    private final Connection sqlite;
    private final Connection postgres;

    private DamagedTarget(Path file, TestDatabase database) throws SQLException {
        this.file = file;
        this.database = database;
        this.sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
        this.postgres = database.connect();
        postgres.setAutoCommit(false);
    }

    static DamagedTarget of(Path file, String[] sqliteSql, String[] postgresSql) throws SQLException {
        SqliteFiles.write(file, sqliteSql);
        TestDatabase database = PostgresServer.shared().freshDatabase();
        database.execute(postgresSql);
        return new DamagedTarget(file, database);
    }

    TestDatabase database() {
        return database;
    }

    Connection postgres() {
        return postgres;
    }

    /** Options that compare the whole of each table and list so many of its differences. */
    static ValidatorOptions listing(int differences) {
        return new ValidatorOptions(
                Validation.ALL_VALUES, 1, differences, false, false, List.of(), (table, rows, bytes) -> {});
    }

    /** Runs statements in the transaction of the next validation; each must hit as many rows as it is meant to. */
    DamagedTarget damage(String... statements) throws SQLException {
        try (Statement statement = postgres.createStatement()) {
            for (String sql : statements) {
                int rows = statement.executeUpdate(sql);
                assertThat(rows > 0 || !sql.matches("(?is)(update|delete|insert).*"))
                        .as(sql)
                        .isTrue();
            }
        }
        return this;
    }

    /** Validates within the transaction that did the damage, and undoes the damage. */
    ValidationReport validated(ComparedTable... tables) throws Exception {
        return validated(ValidatorOptions.defaults(), tables);
    }

    ValidationReport validated(ValidatorOptions options, ComparedTable... tables) throws Exception {
        try {
            return validator(options, tables).run();
        } finally {
            postgres.rollback();
        }
    }

    /** A validator within the transaction. */
    Validator validator(ValidatorOptions options, ComparedTable... tables) {
        return new Validator(DatabaseAccess.over(sqlite), DatabaseAccess.over(postgres), List.of(tables), options);
    }

    /** Validates within the transaction that did the damage, and undoes the damage; the source is read over several connections. */
    ValidationReport validatedWithin(ValidatorOptions options, ComparedTable... tables) throws Exception {
        try {
            return validatorWithin(options, tables).run();
        } finally {
            postgres.rollback();
        }
    }

    /** A validator within the transaction, with connections of its own to the source. */
    Validator validatorWithin(ValidatorOptions options, ComparedTable... tables) {
        return new Validator(
                DatabaseAccess.opening(() -> DriverManager.getConnection("jdbc:sqlite:" + file)),
                DatabaseAccess.over(postgres),
                List.of(tables),
                options);
    }

    /** Validates what is committed, over connections of the validator's own. */
    ValidationReport validatedApart(ValidatorOptions options, ComparedTable... tables) throws Exception {
        return validatorApart(options, tables).run();
    }

    /** A validator with connections of its own, for what is committed. */
    Validator validatorApart(ValidatorOptions options, ComparedTable... tables) {
        return new Validator(
                DatabaseAccess.opening(() -> DriverManager.getConnection("jdbc:sqlite:" + file)),
                DatabaseAccess.opening(database.dataSource()::getConnection),
                List.of(tables),
                options);
    }

    @Override
    public void close() throws SQLException {
        try (database;
                sqlite;
                postgres) {
            postgres.rollback();
        }
    }
}
