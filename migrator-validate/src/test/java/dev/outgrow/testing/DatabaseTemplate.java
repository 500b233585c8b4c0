package dev.outgrow.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a fresh test database holds, and how it is set. Immutable: each option returns a new template, and equal templates share
 * one model on a server, of which the databases are copies.
 *
 * @param encoding the encoding's name in PostgreSQL
 * @param settings what connections to the database begin with, such as {@code search_path}
 * @param statements what makes the content
 */
public record DatabaseTemplate(String encoding, Map<String, String> settings, List<String> statements) {
    /** Copies its parts. */
    public DatabaseTemplate {
        settings = Map.copyOf(settings);
        statements = List.copyOf(statements);
    }

    /** An empty database in UTF8 with the server's own settings. */
    public static DatabaseTemplate empty() {
        return new DatabaseTemplate("UTF8", Map.of(), List.of());
    }

    /**
     * Settings that trip whoever relies on the server's defaults: backslashes that escape, {@code bytea} in its old format,
     * another search path, serializable transactions. pgjdbc itself sends {@code DateStyle}, {@code TimeZone} (the JVM's) and
     * {@code extra_float_digits} with each connection, so those cannot be set here.
     */
    public static DatabaseTemplate hostile() {
        return empty().setting("IntervalStyle", "sql_standard")
                .setting("standard_conforming_strings", "off")
                .setting("escape_string_warning", "off")
                .setting("bytea_output", "escape")
                .setting("default_transaction_isolation", "serializable")
                .setting("search_path", "pg_catalog")
                .setting("quote_all_identifiers", "on");
    }

    /**
     * The same in another encoding, with the locale {@code C}, which goes with each of them.
     *
     * @param name the encoding's name in PostgreSQL, such as {@code LATIN1}
     */
    public DatabaseTemplate encodedIn(String name) {
        return new DatabaseTemplate(name, settings, statements);
    }

    /**
     * The same with a setting that every connection to the database begins with.
     *
     * @param name the parameter
     * @param value its value; a list is separated by commas
     */
    public DatabaseTemplate setting(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(name, value);
        return new DatabaseTemplate(encoding, all, statements);
    }

    /**
     * The same with more content.
     *
     * @param sql statements, run once in a server, in this order
     */
    public DatabaseTemplate with(String... sql) {
        List<String> all = new ArrayList<>(statements);
        all.addAll(List.of(sql));
        return new DatabaseTemplate(encoding, settings, all);
    }
}
