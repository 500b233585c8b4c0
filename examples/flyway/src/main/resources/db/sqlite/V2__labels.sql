CREATE TABLE label (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO label VALUES (1, 'home'), (2, 'work');
