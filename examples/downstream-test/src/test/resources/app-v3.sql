-- The schema of version 3 of the app, with rows such as its users have them.
CREATE TABLE task(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  done BOOLEAN NOT NULL DEFAULT 0,
  due DATETIME,
  made DATETIME NOT NULL,
  price TEXT
);
CREATE INDEX task_by_due ON task(due);
INSERT INTO task VALUES
  (1, 'Write it down', 0, 1711879200123, '2024-03-31 12:00:00', '12,50'),
  (2, 'Dream of it', 1, 1704106800000, '2024-01-01 12:00:00', '1299,00'),
  (3, 'Forget it', 1, NULL, '2023-12-24 18:30:00', NULL);
