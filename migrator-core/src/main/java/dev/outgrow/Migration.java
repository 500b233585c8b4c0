package dev.outgrow;

/** A migration of one SQLite database to PostgreSQL. */
public final class Migration {
    private Migration() {}
}
