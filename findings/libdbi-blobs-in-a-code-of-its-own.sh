#!/usr/bin/env bash
# libdbi 0.9.0 with its driver for SQLite (libdbd-sqlite3 0.9.0, Debian 12's packages): what a blob is in the file, and back.
#
# Guess before the run: dbi_conn_quote_binary_copy() gives a literal of SQLite, x'8950...', and a blob that another program wrote is read
# byte by byte.
# Seen: it gives text in a code of libdbi's own, in which each byte is moved by a number that stands in front: of the eleven bytes
# 89504E470D0A1A0A00FF27 the file has the text 01884F4D460C091909FFFE26, which is no UTF-8. And libdbi takes every value of a BLOB column for
# such a code: the same eleven bytes as a real blob are read as seven others, without an error. So libdbi and any other program (the shell
# of SQLite, a driver of another language) read nothing of what the other wrote, and whoever moves the column by its type moves the code,
# out of which only an app that still has this driver can make the picture.
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
cat > finding.c <<'C'
#include <dbi/dbi.h>
#include <stdio.h>

int main(void) {
    dbi_inst instance;
    dbi_initialize_r("usr/lib/x86_64-linux-gnu/dbd", &instance);
    dbi_conn file = dbi_conn_new_r("sqlite3", instance);
    dbi_conn_set_option(file, "sqlite3_dbdir", ".");
    dbi_conn_set_option(file, "dbname", "app.db");
    dbi_conn_connect(file);
    dbi_result_free(dbi_conn_query(file, "CREATE TABLE photos (id INTEGER PRIMARY KEY, photo BLOB)"));
    const unsigned char photo[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0xff, '\''};
    unsigned char *quoted = NULL;
    dbi_conn_quote_binary_copy(file, photo, sizeof photo, &quoted);
    dbi_result_free(dbi_conn_queryf(file, "INSERT INTO photos VALUES (1, %s)", quoted));
    dbi_result_free(dbi_conn_query(file, "INSERT INTO photos VALUES (2, x'89504E470D0A1A0A00FF27')"));
    dbi_result rows = dbi_conn_query(file, "SELECT id, photo FROM photos");
    while (dbi_result_next_row(rows)) {
        const unsigned char *bytes = dbi_result_get_binary(rows, "photo");
        printf("read %d: ", (int) dbi_result_get_longlong(rows, "id"));
        for (size_t i = 0; i < dbi_result_get_field_length(rows, "photo"); i++) {
            printf("%02X", bytes[i]);
        }
        printf("\n");
    }
    return 0;
}
C
cc -Iusr/include finding.c -Lusr/lib/x86_64-linux-gnu -ldbi -o finding
output=$(LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu ./finding
  sqlite3 app.db "SELECT 'stored ' || id || ': ' || typeof(photo) || ' ' || hex(photo) FROM photos")
echo "libdbi 0.9.0-6, libdbd-sqlite3 0.9.0-11"
echo "$output"
[ "$output" = 'read 1: 89504E470D0A1A0A00FF27
read 2: D9D7D09693A393
stored 1: text 01884F4D460C091909FFFE26
stored 2: blob 89504E470D0A1A0A00FF27' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
