package dev.outgrow.examples.spring.notes;

import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Sort;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Notes over HTTP. */
@RestController
class NotesController {
    private final Notes notes;

    NotesController(Notes notes) {
        this.notes = notes;
    }

    @GetMapping("/notes")
    List<Note> all() {
        return notes.findAll(Sort.by("id"));
    }

    @PostMapping("/notes")
    Note add(@RequestBody String body) {
        return notes.save(new Note(body, Instant.ofEpochMilli(System.currentTimeMillis())));
    }
}
