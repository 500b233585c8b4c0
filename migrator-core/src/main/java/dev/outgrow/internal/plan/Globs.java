package dev.outgrow.internal.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names with {@code *} for any characters and {@code ?} for one; ASCII case does not matter, as in SQLite's names. */
public record Globs(List<String> globs) {
    public Globs {
        globs = ImmutableList.copyOf(globs);
    }

    /** The first glob that the name matches. */
    public Optional<String> match(String name) {
        return globs.stream()
                .filter(glob -> pattern(glob).matcher(name).matches())
                .findFirst();
    }

    public boolean matches(String name) {
        return match(name).isPresent();
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            switch (glob.charAt(i)) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(glob.substring(i, i + 1)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    @Override
    public String toString() {
        return String.join(", ", globs).toLowerCase(Locale.ROOT);
    }
}
