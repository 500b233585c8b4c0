#!/usr/bin/env bash
# libdbi 0.9.0 with its driver for SQLite (libdbd-sqlite3 0.9.0, Debian 12's packages): numbers, as it reads them.
#
# Guess before the run: an integer is read in the eight bytes that SQLite has for it, or in as many as the declared type names, where one
# that does not fit is an error; a REAL or FLOAT is a double.
# Seen: REAL and FLOAT are read in four bytes, whatever is asked for: dbi_result_get_double() of 0.1 is 0.10000000149011612, of
# 16777217.0 it is 16777216 and of 1e300 infinite. (DOUBLE is read whole.) An integer of a SMALLINT is cut to two bytes, 70000 is
# 4464, and the text 'seven' in an INTEGER is 0. In a DATETIME 1709212455, the Unix seconds of 2024-02-29, is a day of 1710. There is no
# error in any of it. An app that saves what it has read rounds its own rows, and what is copied through
# libdbi into PostgreSQL is the rounded number.
#
# Needs Debian 12 (amd64) with gcc and sqlite3. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download libdbi1=0.9.0-6 libdbi-dev=0.9.0-6 libdbd-sqlite3=0.9.0-11 libsqlite3-0=3.40.1-2+deb12u2 2> log || { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
sqlite3 app.db "CREATE TABLE visits (id INTEGER PRIMARY KEY, a REAL, b FLOAT, c DOUBLE, small SMALLINT, number INTEGER, at DATETIME);
  INSERT INTO visits VALUES (1, 0.1, 16777217.0, 16777217.0, 70000, 'seven', '2024-02-29 13:14:15');
  INSERT INTO visits VALUES (2, 1e300, 0.1, 1e300, 7, 3000000000, 1709212455)"
cat > finding.c <<'C'
#include <dbi/dbi.h>
#include <stdio.h>
#include <time.h>

int main(void) {
    dbi_inst instance;
    dbi_initialize_r("usr/lib/x86_64-linux-gnu/dbd", &instance);
    dbi_conn file = dbi_conn_new_r("sqlite3", instance);
    dbi_conn_set_option(file, "sqlite3_dbdir", ".");
    dbi_conn_set_option(file, "dbname", "app.db");
    dbi_conn_connect(file);
    dbi_result rows = dbi_conn_query(file, "SELECT * FROM visits");
    while (dbi_result_next_row(rows)) {
        time_t at = dbi_result_get_datetime(rows, "at");
        char day[20];
        strftime(day, sizeof day, "%Y-%m-%d", gmtime(&at));
        printf("a %.17g, b %.17g, c %.17g, ", dbi_result_get_double(rows, "a"), dbi_result_get_double(rows, "b"),
            dbi_result_get_double(rows, "c"));
        printf("small %lld, number %lld, at %s\n", dbi_result_get_as_longlong(rows, "small"),
            dbi_result_get_as_longlong(rows, "number"), day);
    }
    return 0;
}
C
cc -Iusr/include finding.c -Lusr/lib/x86_64-linux-gnu -ldbi -o finding
output=$(LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu ./finding)
echo "libdbi 0.9.0-6, libdbd-sqlite3 0.9.0-11"
echo "$output"
[ "$output" = 'a 0.10000000149011612, b 16777216, c 16777217, small 4464, number 0, at 2024-02-29
a inf, b 0.10000000149011612, c 1.0000000000000001e+300, small 7, number 3000000000, at 1710-01-24' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
