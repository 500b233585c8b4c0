package dev.outgrow.plan;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What several notices ask to be said of one existing schema, as one line of Java. */
final class SchemaLine {
    private static final Pattern SAID_OF_SCHEMA = Pattern.compile(
            "(\\.into\\(TargetSchema\\.existing\\(\"(?:[^\"\\\\]|\\\\.)*\"\\))(\\..*)\\)", Pattern.DOTALL);

    /** A line that is longer helps nobody. */
    private static final int LONGEST = 2000;

    private SchemaLine() {}

    /** The lines as one; empty if one of them is about something else, they are of two schemas, or it would be too long. */
    static Optional<String> of(Collection<Remedy> remedies) {
        StringBuilder calls = new StringBuilder();
        String schema = "";
        for (Remedy remedy : remedies) {
            Matcher line = SAID_OF_SCHEMA.matcher(remedy.java());
            if (!line.matches() || (!schema.isEmpty() && !schema.equals(line.group(1)))) {
                return Optional.empty();
            }
            schema = line.group(1);
            if (calls.indexOf(line.group(2)) < 0) {
                calls.append(line.group(2));
            }
        }
        return calls.length() > LONGEST ? Optional.empty() : Optional.of(schema + calls + ")");
    }
}
