package dev.outgrow.internal.sql;

import java.util.List;
import java.util.Random;

/** Makes expressions of SQLite over the columns of {@link NastyTable}: mostly such as mean something, some at random. */
final class RandomExpression {
    private static final List<String> COMPARISONS =
            List.of("=", "==", "<>", "!=", "<", "<=", ">", ">=", "IS", "IS NOT", "IS DISTINCT FROM");
    private static final List<String> PATTERNS = List.of(
            "'a%'",
            "'%B%'", "'A_c'", "'a!%b' ESCAPE '!'", "'%'", "''", "'_'", "'Ä%'", "'%\n%'", "'12%'", "'a\\%'", "nc");
    private static final List<String> GLOBS = List.of(
            "'a*'", "'?b?'", "'[a-c]*'", "'*[^a-z]*'", "'*'", "'[]]*'", "'A*'", "'*%*'", "'[!a]*'", "'12*'", "''");
    private static final List<String> MODIFIERS = List.of(
            "'+1 day'",
            "'-1 month'",
            "'+13 months'",
            "'-1 year'",
            "'+90 minutes'",
            "'start of month'",
            "'start of year'",
            "'start of day'",
            "'+1.5 days'",
            "'weekday 1'",
            "'weekday 0'",
            "'-7 days'",
            "'+1 second'",
            "'+02:30'",
            "'localtime'",
            "'utc'");
    private static final List<String> FORMATS = List.of(
            "'%Y'",
            "'%m'",
            "'%d'",
            "'%H'",
            "'%M'",
            "'%S'",
            "'%s'",
            "'%j'",
            "'%w'",
            "'%Y-%m-%d'",
            "'%d.%m.%Y'",
            "'%H:%M'",
            "'%Y-%m-%d %H:%M:%S'",
            "'%f'",
            "'%J'",
            "'%W'",
            "'%p'",
            "'%I'",
            "'%u'",
            "'%Y-%m-%dT%H:%M:%fZ'",
            "'%e'",
            "'%R'");

    private final Random random;

    RandomExpression(Random random) {
        this.random = random;
    }

    /** An expression of any kind, of at most so many levels. */
    String any(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> integer(depth);
            case 1 -> number(depth);
            case 2, 3 -> text(depth);
            default -> condition(depth);
        };
    }

    String condition(int depth) {
        if (depth <= 0) {
            return pick("f", "i", "NULL", "1", "0", "r", "i > 1", "s = 'a'", "TRUE", "f = 1");
        }
        int next = depth - 1;
        return switch (random.nextInt(20)) {
            case 17, 18 -> json();
            case 19 ->
                "(" + integer(next) + ", " + text(0) + ") " + pick("=", "<>", "<", "<=", ">", ">=") + " (" + integer(0)
                        + ", " + text(next) + ")";
            case 0 -> "(" + condition(next) + " AND " + condition(next) + ")";
            case 1 -> "(" + condition(next) + " OR " + condition(next) + ")";
            case 2 -> "NOT " + operand(condition(next));
            case 3, 4 -> compared(integer(next), number(next));
            case 5, 6 -> compared(text(next), text(next));
            case 7 -> compared(any(next), any(next));
            case 8 -> operand(any(next)) + pick(" IS NULL", " ISNULL", " NOTNULL", " NOT NULL", " IS NOT NULL");
            case 9 -> operand(text(next)) + pick(" LIKE ", " NOT LIKE ") + pick(PATTERNS);
            case 10 -> operand(text(next)) + pick(" GLOB ", " NOT GLOB ") + pick(GLOBS);
            case 11 ->
                operand(number(next)) + pick(" BETWEEN ", " NOT BETWEEN ") + operand(number(0)) + " AND "
                        + operand(integer(next));
            case 12 ->
                operand(text(next)) + pick(" IN (", " NOT IN (") + text(0) + ", " + text(0) + pick("", ", NULL") + ")";
            case 13 -> operand(integer(next)) + pick(" IN (", " NOT IN (") + integer(0) + ", " + number(0) + ")";
            case 14 -> operand(condition(next)) + pick(" IS TRUE", " IS NOT TRUE", " IS FALSE", " IS NOT FALSE");
            case 15 -> compared(time(next), time(0));
            default -> operand(text(next)) + " BETWEEN " + operand(text(0)) + " AND " + operand(text(0));
        };
    }

    /** What is asked of a part of a document. */
    private String json() {
        String part = pick(
                "json_extract(js, '$.a')",
                "json_extract(jt, '$.n')",
                "json_extract(js, '$.o.k[0]')",
                "json_extract(jt, '$.o.k[1]')",
                "(js ->> 'n')",
                "(jt -> 'o' ->> '$.k')",
                "(js ->> '$.o.k')");
        String literal = pick("'x'", "'5'", "'true'", "'ä b'", "5", "5.0", "0", "1", "-7.25", "2.5", "'two'", "'-'");
        return switch (random.nextInt(6)) {
            case 0 -> part + pick(" IS NULL", " IS NOT NULL", " ISNULL", " NOTNULL");
            case 1 -> part + pick(" IN (", " NOT IN (") + literal + pick(")", ", 'x', 1)", ", NULL)");
            case 2 -> literal + pick(" = ", " <> ", " < ", " >= ") + part;
            case 3 -> "CAST(" + part + " AS " + pick("INTEGER", "REAL") + ") > 1";
            default -> part + pick(" = ", " == ", " <> ", " < ", " <= ", " > ", " >= ") + literal;
        };
    }

    private String compared(String left, String right) {
        return operand(left) + " " + pick(COMPARISONS) + " " + operand(right)
                + (random.nextInt(8) == 0 ? pick(" COLLATE NOCASE", " COLLATE RTRIM", " COLLATE BINARY") : "");
    }

    String integer(int depth) {
        if (depth <= 0) {
            return pick("i", "j", "id", "0", "1", "-1", "7", "2", "100", "ux", "f", "3000000000", "63", "NULL");
        }
        int next = depth - 1;
        return switch (random.nextInt(15)) {
            case 0, 1 -> operand(integer(next)) + pick(" + ", " - ", " * ") + operand(integer(next));
            case 2 -> operand(integer(next)) + pick(" / ", " % ") + operand(integer(next));
            case 3 -> operand(integer(next)) + pick(" & ", " | ") + operand(integer(next));
            case 4 -> operand(integer(next)) + pick(" << ", " >> ") + pick("1", "3", "31", "63", "0", "j");
            case 5 -> pick("-", "~", "+") + operand(integer(next));
            case 6 -> "length(" + text(next) + ")";
            case 7 -> "instr(" + text(next) + ", " + text(0) + ")";
            case 8 -> "CAST(" + any(next) + " AS " + pick("INTEGER", "BIGINT", "INT") + ")";
            case 9 -> "coalesce(" + integer(next) + ", " + integer(0) + ")";
            case 10 -> "iif(" + condition(next) + ", " + integer(0) + ", " + integer(next) + ")";
            case 11 -> pick("max", "min") + "(" + integer(next) + ", " + integer(0) + pick("", ", 3") + ")";
            case 12 -> "unicode(" + text(next) + ")";
            case 13 -> "unixepoch(" + time(next) + ")";
            default -> "CASE " + integer(next) + " WHEN " + integer(0) + " THEN " + integer(next) + " END";
        };
    }

    String number(int depth) {
        if (depth <= 0) {
            return pick("r", "n", "0.5", "-2.5", "1.0", "i", "1e3", "2", "'7'", "NULL");
        }
        int next = depth - 1;
        return switch (random.nextInt(13)) {
            case 0, 1 -> operand(number(next)) + pick(" + ", " - ", " * ", " / ") + operand(number(next));
            case 2 -> operand(number(next)) + " % " + operand(integer(next));
            case 3 -> "-" + operand(number(next));
            case 4 -> "abs(" + number(next) + ")";
            case 5 -> "round(" + number(next) + pick("", ", 1", ", 2", ", 0", ", -1") + ")";
            case 6 -> pick("floor(", "ceil(", "ceiling(", "trunc(") + number(next) + ")";
            case 7 -> "sign(" + number(next) + ")";
            case 8 -> "CAST(" + any(next) + " AS " + pick("REAL", "NUMERIC", "DOUBLE", "DECIMAL(10,2)") + ")";
            case 9 -> "ifnull(" + number(next) + ", " + number(0) + ")";
            case 10 -> "nullif(" + number(next) + ", " + number(0) + ")";
            case 11 -> "CASE WHEN " + condition(next) + " THEN " + number(next) + " ELSE " + number(0) + " END";
            default -> pick("max", "min") + "(" + number(next) + ", " + number(0) + ")";
        };
    }

    String text(int depth) {
        if (depth <= 0) {
            return pick(
                    "s", "u", "nc", "rt", "'a'", "'ABC'", "''", "'12'", "'x '", "d", "ts", "uu", "w", "NULL",
                    "\"lit\"");
        }
        int next = depth - 1;
        return switch (random.nextInt(20)) {
            case 0, 1 -> operand(text(next)) + " || " + operand(text(next));
            case 2 -> operand(text(next)) + " || " + operand(integer(next));
            case 3 ->
                "substr(" + text(next) + ", " + pick("1", "2", "0", "-2", "-1", "i % 7", "j % 3", "length(s)")
                        + pick("", ", 1", ", 3", ", 0", ", -2", ", j % 5") + ")";
            case 4 -> pick("upper(", "lower(") + text(next) + ")";
            case 5 -> pick("trim(", "ltrim(", "rtrim(") + text(next) + pick("", ", ' '", ", 'ac'", ", ''") + ")";
            case 6 -> "replace(" + text(next) + ", " + text(0) + ", " + text(0) + ")";
            case 7 -> "CAST(" + any(next) + " AS " + pick("TEXT", "VARCHAR(3)", "CHAR") + ")";
            case 8 -> "typeof(" + any(next) + ")";
            case 9 -> "hex(" + pick("b", text(next), integer(next)) + ")";
            case 10 -> "coalesce(" + text(next) + ", " + text(0) + ")";
            case 11 -> "nullif(" + text(next) + ", " + text(0) + ")";
            case 12 -> "CASE WHEN " + condition(next) + " THEN " + text(next) + " ELSE " + text(0) + " END";
            case 13 -> "strftime(" + pick(FORMATS) + ", " + time(next) + ")";
            case 14 -> time(depth);
            case 15 ->
                "printf(" + pick("'%s'", "'%d'", "'%05d'", "'%s-%d'", "'%2d'", "'%.2f'", "'%x'") + ", " + any(next)
                        + ", " + integer(0) + ")";
            case 16 -> "quote(" + any(next) + ")";
            case 17 -> pick("max", "min") + "(" + text(next) + ", " + text(0) + ")";
            case 18 -> "concat(" + any(next) + ", " + any(0) + ")";
            default -> "iif(" + condition(next) + ", " + text(next) + ", " + text(0) + ")";
        };
    }

    private String time(int depth) {
        if (depth <= 0 || random.nextInt(3) == 0) {
            return pick("d", "ts", "w", "'2024-01-31'", "'2023-12-31 23:59:59'", "ux", "'10:20'");
        }
        String value = random.nextInt(6) == 0 ? "ux, 'unixepoch'" : time(depth - 1);
        return pick("date(", "time(", "datetime(", "datetime(", "julianday(") + value
                + (random.nextBoolean() ? ", " + modifier(value) : "")
                + (random.nextInt(4) == 0 ? ", " + modifier(value) : "")
                + ")";
    }

    /** A text of the 31st of February goes in a way of its own: SQLite counts months before it looks at the day. */
    private String modifier(String value) {
        String modifier = pick(MODIFIERS);
        boolean months = modifier.contains("month") || modifier.contains("year") || modifier.contains("start");
        return months && value.contains("w") ? "'+1 day'" : modifier;
    }

    private static String operand(String expression) {
        boolean plain = expression.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
        return plain ? expression : "(" + expression + ")";
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
