/** Moves an application's own data from SQLite to PostgreSQL at upgrade time. Begin at {@code dev.outgrow.Migration}. */
@org.jspecify.annotations.NullMarked
module dev.outgrow.core {
    requires transitive dev.outgrow.typemap;
    requires transitive dev.outgrow.validate;
    requires transitive java.sql;
    requires static com.google.errorprone.annotations;
    requires static org.checkerframework.checker.qual;
    requires com.google.common;
    requires com.google.gson;
    requires org.postgresql.jdbc;
    requires org.xerial.sqlitejdbc;
    requires org.jooq;
    requires static transitive org.jspecify;

    exports dev.outgrow;
    exports dev.outgrow.command;
    exports dev.outgrow.exception;
    exports dev.outgrow.option;
    exports dev.outgrow.plan;
    exports dev.outgrow.progress;
    exports dev.outgrow.report;
    exports dev.outgrow.switchover;

    opens dev.outgrow.plan to
            com.google.gson;
    opens dev.outgrow.report to
            com.google.gson;
    opens dev.outgrow.internal.truth to
            com.google.gson;
    opens dev.outgrow.internal.work to
            com.google.gson;
}
