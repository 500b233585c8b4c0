CREATE TABLE task(
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  due DATETIME,
  made TEXT,
  done BOOLEAN NOT NULL DEFAULT 0,
  price DECIMAL(10,2),
  ref UUID,
  picture BLOB
);
INSERT INTO task VALUES
  (1, 'write', 1711879200000, '2024-03-31 12:00:00', 0, 1.5, '00112233-4455-6677-8899-aabbccddeeff', x'00ff'),
  (2, 'read', 1704106800000, '2024-01-01 12:00:00', 1, 2, NULL, NULL),
  (3, 'sleep', NULL, NULL, 1, NULL, NULL, NULL);
CREATE TABLE place(country TEXT, code TEXT, since TEXT, PRIMARY KEY(country, code)) WITHOUT ROWID;
INSERT INTO place VALUES ('de', '01099', '31.12.1999'), ('at', '1010', '01.02.2003');
