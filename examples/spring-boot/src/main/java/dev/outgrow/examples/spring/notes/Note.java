package dev.outgrow.examples.spring.notes;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A note. */
@Entity
public class Note {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Integer id;

    private String body = "";
    private boolean pinned;
    private Instant made = Instant.EPOCH;

    /** For JPA. */
    protected Note() {}

    Note(String body, Instant made) {
        this.body = body;
        this.made = made;
    }

    /** Its number; null until it is kept. */
    public @Nullable Integer getId() {
        return id;
    }

    /** What it says. */
    public String getBody() {
        return body;
    }

    /** Whether it stays on top. */
    public boolean isPinned() {
        return pinned;
    }

    /** When it was written. */
    public Instant getMade() {
        return made;
    }
}
