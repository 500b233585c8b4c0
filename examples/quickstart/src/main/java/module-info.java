/** A small real program that moves a SQLite database to PostgreSQL. */
@org.jspecify.annotations.NullMarked
module dev.outgrow.examples.quickstart {
    requires dev.outgrow.core;
    requires embedded.postgres;
    requires org.postgresql.jdbc;
    requires static org.jspecify;
}
