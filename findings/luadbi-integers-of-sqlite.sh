#!/usr/bin/env bash
# LuaDBI 0.7.2 with its SQLite driver and Lua 5.3 (Debian 12's packages): integers of more than four bytes.
#
# Guess before the run: an integer of Lua 5.3, which has 64 bits as SQLite's have, is stored and read back as it is.
# Seen: it is bound as a double and read as an int of C, so both ways lose, each in its own manner. 9007199254740993 arrives in an INTEGER
# column as ...992, and in a column without a type even 5 is the REAL 5.0. What comes back of 3000000000 is -1294967296, of
# 1709212455123, a time in milliseconds, -184528685, and of 4294967296 it is 0. No error either way. LuaSQL 2.6.0 beside it reads the same
# file right. (LuaSQL had its own trouble on 32-bit machines, issue 43 of its tracker.) Whoever moves such a file trusts what it
# holds, not what the app shows, and looks for odd keys that were rounded to even ones.
#
# Needs Debian 12 (amd64). Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download lua5.3=5.3.6-2 liblua5.3-0=5.3.6-2 lua-dbi-common=0.7.2-4 lua-dbi-sqlite3=0.7.2-4 lua-sql-sqlite3=2.6.0-2 \
  libsqlite3-0=3.40.1-2+deb12u2 2> log || { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
cat > finding.lua <<'LUA'
local dbi = require 'DBI'
local file = assert(dbi.Connect('SQLite3', 'app.db'))
file:autocommit(true)
assert(file:prepare('CREATE TABLE v (id INTEGER PRIMARY KEY, kept INTEGER, untyped)')):execute()
local insert = assert(file:prepare('INSERT INTO v(kept, untyped) VALUES (?, ?)'))
for _, number in ipairs { 5, 3000000000, 4294967296, 1709212455123, 9007199254740993 } do
  assert(insert:execute(number, number))
end
local select = assert(file:prepare('SELECT kept, untyped FROM v ORDER BY id'))
select:execute()
local seen = {}
for row in select:rows() do
  seen[#seen + 1] = row[1]
end
local cursor = require 'luasql.sqlite3'.sqlite3():connect('app.db'):execute('SELECT kept, untyped FROM v ORDER BY id')
for at = 1, #seen do
  local kept, untyped = cursor:fetch()
  print('in the file ' .. kept .. ' and ' .. untyped .. ', LuaDBI reads ' .. seen[at])
end
LUA
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu
output=$(LUA_PATH="$folder/usr/share/lua/5.3/?.lua" LUA_CPATH="$folder/usr/lib/x86_64-linux-gnu/lua/5.3/?.so" usr/bin/lua5.3 finding.lua)
echo "LuaDBI 0.7.2, Lua 5.3.6"
echo "$output"
[ "$output" = 'in the file 5 and 5.0, LuaDBI reads 5
in the file 3000000000 and 3000000000.0, LuaDBI reads -1294967296
in the file 4294967296 and 4294967296.0, LuaDBI reads 0
in the file 1709212455123 and 1709212455123.0, LuaDBI reads -184528685
in the file 9007199254740992 and 9.007199254741e+15, LuaDBI reads 0' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
