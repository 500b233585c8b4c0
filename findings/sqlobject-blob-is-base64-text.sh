#!/usr/bin/env bash
# SQLObject 3.10.1 (Debian 12's package) on SQLite: what a BLOBCol and a PickleCol are in the file.
#
# Guess before the run: a column of the type BLOB that holds the bytes, as SQLite has had them since version 3.
# Seen: a column of the type TEXT that holds the bytes in Base64: b"\x00\xff" is the four letters "AP8=". SQLObject reads it back as
# bytes; whoever else reads the file sees text, and a program that moves it by its types makes a text column of it, in which SQLObject on
# PostgreSQL, where it creates a bytea, finds no bytes. Nothing in the schema tells such a column from one of words, and "length" counts
# a third more than there is.
#
# Needs Debian 12 with Python 3.11. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download python3-sqlobject=3.10.1+dfsg-2 python3-formencode=2.0.1-2 python3-pydispatch=2.0.5-5 2> log || { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
cat > finding.py <<'PY'
import os
import sqlite3

from sqlobject import BLOBCol, PickleCol, SQLObject, connectionForURI, sqlhub

sqlhub.processConnection = connectionForURI('sqlite:' + os.path.abspath('app.db'))


class Visit(SQLObject):
    photo = BLOBCol()
    extras = PickleCol()


Visit.createTable()
Visit(photo=b'\x00\xff', extras={'guests': 2})
file = sqlite3.connect('app.db')
for name, declared in file.execute("SELECT name, type FROM pragma_table_info('visit') WHERE NOT pk"):
    kind, start, length = file.execute(f'SELECT typeof({name}), substr({name}, 1, 4), length({name}) % 4 FROM visit').fetchone()
    print(f'{name}: declared {declared}, stored as {kind}, starts with {start}, length modulo 4: {length}')
sqlhub.processConnection.cache.clear()
print('read by SQLObject:', Visit.get(1).photo, Visit.get(1).extras)
PY
output=$(PYTHONPATH=usr/lib/python3/dist-packages /usr/bin/python3 finding.py)
echo "SQLObject 3.10.1, $(/usr/bin/python3 --version)"
echo "$output"
[ "$output" = "photo: declared TEXT, stored as text, starts with AP8=, length modulo 4: 0
extras: declared TEXT, stored as text, starts with gAWV, length modulo 4: 0
read by SQLObject: b'\\x00\\xff' {'guests': 2}" ] || { echo 'This is not what was seen before.' >&2; exit 1; }
