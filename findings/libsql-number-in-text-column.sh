#!/usr/bin/env bash
# @libsql/client 0.18.0 on a local file: what a JavaScript number, a Date or a boolean is in a column of the type TEXT.
#
# Guess before the run: the whole number 42 in a TEXT column is "42", a Date the milliseconds "1709212455123", true is "1".
# Seen: "42.0", "1709212455123.0" and "1.0". The client binds each of them as a REAL, whole or not, and SQLite's affinity turns that into
# the text of a REAL. In a column without a type the 42 stays a REAL, and 7 / ? with 2 is 3.5. Only an INTEGER or NUMERIC column takes the
# point away again, and a bigint (42n) is bound as an integer. Postcodes, phone numbers and keys that an app gave as numbers to TEXT
# columns end in ".0", and a foreign key of TEXT to a key written as a string or as 42n finds no row.
#
# Needs Linux (glibc), macOS or Windows, Node 20 or newer and npm. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @libsql/client@0.18.0
cat > finding.mjs <<'JS'
import { createClient } from '@libsql/client';

const client = createClient({ url: 'file:app.db' });
await client.execute('CREATE TABLE visits (label TEXT, number INTEGER, untyped)');
for (const value of [42, 42n, true, new Date(1709212455123)]) {
  await client.execute({ sql: 'INSERT INTO visits VALUES (?, ?, ?)', args: [value, value, value] });
}
const seen = 'SELECT label, typeof(number) AS number, typeof(untyped) AS untyped FROM visits';
for (const row of (await client.execute(seen)).rows) {
  console.log(`TEXT: ${row.label}, INTEGER: ${row.number}, untyped: ${row.untyped}`);
}
console.log('7 / 2 = ' + (await client.execute({ sql: 'SELECT 7 / ? AS half', args: [2] })).rows[0].half);
JS
output=$(node finding.mjs)
echo "@libsql/client 0.18.0, libsql $(node -p "require('./node_modules/libsql/package.json').version"), Node $(node --version)"
echo "$output"
[ "$output" = 'TEXT: 42.0, INTEGER: integer, untyped: real
TEXT: 42, INTEGER: integer, untyped: integer
TEXT: 1.0, INTEGER: integer, untyped: real
TEXT: 1709212455123.0, INTEGER: integer, untyped: real
7 / 2 = 3.5' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
