/** Does the target hold what the source held. */
@org.jspecify.annotations.NullMarked
module dev.outgrow.validate {
    requires transitive dev.outgrow.typemap;
    requires transitive java.sql;
    requires com.google.common;
    requires static transitive org.jspecify;

    exports dev.outgrow.validate;
}
