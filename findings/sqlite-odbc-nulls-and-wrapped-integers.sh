#!/usr/bin/env bash
# SQLite ODBC driver 0.9998 under pyodbc 4.0.34 (Debian 12's packages): values that their column's declared type does not name.
#
# Guess before the run: an integer in an INTEGER column arrives as it is; what the driver cannot make a number or a time of is an error
# of the class 22 (data exception), as ODBC has it, or arrives as text.
# Seen: 3000000000 in an INTEGER column is -1294967296 (in a BIGINT column it is right), and 'seven' is NULL. In a DATETIME column the
# number 1709208855, Unix seconds as SQLite's own unixepoch() gives them, is NULL, and so is the Julian day 2460370.5; in a TIME column
# '13:14:15+02:00' is the time without its offset, and in a DATE column '03/04/24' is a day of the year 3. A program that copies a file through
# ODBC into another database gets rows with holes, even from NOT NULL columns, and hears no error. count(column) over the same
# connection still counts the values that came as NULL.
#
# Needs Debian 12 (amd64) with Python 3.11. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download libsqliteodbc=0.9998-3+b1 python3-pyodbc=4.0.34-1+b2 libodbc2=2.3.11-2+deb12u1 libodbcinst2=2.3.11-2+deb12u1 \
  libltdl7=2.4.7-7~deb12u1 libsqlite3-0=3.40.1-2+deb12u2 2> log || { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
cat > finding.py <<'PY'
import os
import sqlite3

import pyodbc

file = sqlite3.connect('app.db')
file.executescript('''
    CREATE TABLE v (id INTEGER PRIMARY KEY, whole INTEGER NOT NULL, big BIGINT, at DATETIME NOT NULL, clock TIME, day DATE);
    INSERT INTO v VALUES (1, 3000000000, 3000000000, '2024-02-29 13:14:15', '13:14:15', '2024-02-29');
    INSERT INTO v VALUES (2, 'seven', 1, 1709208855, '13:14:15+02:00', '03/04/24');
    INSERT INTO v VALUES (3, 7, 1, 2460370.5, 0.5, 1709208855);
''')
driver = os.path.abspath('usr/lib/x86_64-linux-gnu/odbc/libsqlite3odbc.so')
through = pyodbc.connect(f'DRIVER={driver};Database=app.db')
for row in through.execute('SELECT * FROM v ORDER BY id'):
    print(', '.join(str(value) for value in row))
print('values at hand:', *through.execute('SELECT count(whole), count(at), count(clock), count(day) FROM v').fetchone())
PY
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu
output=$(PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 finding.py)
echo "libsqliteodbc 0.9998, pyodbc 4.0.34"
echo "$output"
[ "$output" = '1, -1294967296, 3000000000, 2024-02-29 13:14:15, 13:14:15, 2024-02-29
2, None, 1, None, 13:14:15, 0003-04-24
3, 7, 1, None, None, None
values at hand: 3 3 3 3' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
