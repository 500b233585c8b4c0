/** Does the target hold what the source held. */
@org.jspecify.annotations.NullMarked
module dev.outgrow.validate {
    requires transitive dev.outgrow.typemap;
    requires transitive java.sql;
    requires com.google.common;
    requires com.google.gson;
    requires org.postgresql.jdbc;
    requires org.xerial.sqlitejdbc;
    requires static com.google.errorprone.annotations;
    requires static org.checkerframework.checker.qual;
    requires static transitive org.jspecify;

    exports dev.outgrow.validate;
    exports dev.outgrow.validate.internal to
            dev.outgrow.core;
    exports dev.outgrow.validate.internal.catalog to
            dev.outgrow.core;
    exports dev.outgrow.validate.internal.change to
            dev.outgrow.core;
    exports dev.outgrow.validate.internal.html to
            dev.outgrow.core;
}
