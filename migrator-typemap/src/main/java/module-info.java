/** What a SQLite value becomes in PostgreSQL, and back: pure functions, no JDBC. */
@org.jspecify.annotations.NullMarked
module dev.outgrow.typemap {
    requires com.google.common;
    requires static com.google.errorprone.annotations;
    requires static transitive org.jspecify;

    exports dev.outgrow.typemap;
    exports dev.outgrow.typemap.internal.text to
            dev.outgrow.validate,
            dev.outgrow.core;
    exports dev.outgrow.typemap.internal.value to
            dev.outgrow.validate,
            dev.outgrow.core;
    exports dev.outgrow.typemap.internal.census to
            dev.outgrow.core;
    exports dev.outgrow.typemap.internal.declared to
            dev.outgrow.core;
    exports dev.outgrow.typemap.internal.rules to
            dev.outgrow.core;
    exports dev.outgrow.typemap.internal.form to
            dev.outgrow.validate,
            dev.outgrow.core;
    exports dev.outgrow.typemap.internal.encode to
            dev.outgrow.core;
    exports dev.outgrow.typemap.internal.parse to
            dev.outgrow.core;
    exports dev.outgrow.typemap.internal.decode to
            dev.outgrow.validate,
            dev.outgrow.core;
}
