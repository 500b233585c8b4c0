CREATE TABLE note(id INTEGER PRIMARY KEY, body TEXT);
INSERT INTO note VALUES (7, 'seven');
CREATE TRIGGER note_loud AFTER INSERT ON note BEGIN UPDATE note SET body = upper(body) WHERE id = new.id; END;
