CREATE TABLE label (id serial PRIMARY KEY, name text NOT NULL);
INSERT INTO label (name) VALUES ('home'), ('work');
