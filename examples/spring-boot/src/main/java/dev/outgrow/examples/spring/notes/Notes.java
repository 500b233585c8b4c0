package dev.outgrow.examples.spring.notes;

import org.springframework.data.jpa.repository.JpaRepository;

/** All notes. */
interface Notes extends JpaRepository<Note, Integer> {}
