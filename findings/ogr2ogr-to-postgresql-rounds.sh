#!/usr/bin/env bash
# ogr2ogr of GDAL 3.8.4 (gdal3.js 2.8.1), a SQLite file written out as SQL for PostgreSQL (-f PGDUMP): what it rounds without a word.
#
# Guess before the run: a REAL arrives with all its bits, and a timestamp with the six digits that both sides can hold.
# Seen: each REAL is written with 15 digits, so 0.30000000000000004 arrives as 0.3 and 1/3 as another number; a NUMERIC becomes a FLOAT8,
# and the integer 12345678901234567 in it 1.23456789012346e+16, which lies 33 off. Of a timestamp three digits are left: .123456 is
# .123 and .9999 is the next second. A timestamp without a zone goes into "timestamp with time zone", where the session that loads the
# file decides its moment, and 1709212455, seconds since 1970 in the same column, is NULL: it is left out of its INSERT. There is no
# warning for any of them; there is one for an integer beyond four bytes, which becomes 2147483647. (GDAL 3.6.2 of Debian 12 writes
# the same numbers straight into a PostgreSQL server.)
#
# Needs Node 20 or newer and npm. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund gdal3.js@2.8.1 sql.js@1.17.0
mkdir out
cat > finding.cjs <<'JS'
const fs = require('fs');
const initSqlJs = require('sql.js');
const initGdalJs = require('gdal3.js/node');

(async () => {
  const SQL = await initSqlJs();
  const file = new SQL.Database();
  file.run(`CREATE TABLE visits (id INTEGER PRIMARY KEY, share REAL, amount NUMERIC, at TIMESTAMP);
    INSERT INTO visits VALUES (1, 0.30000000000000004, 12345678901234567, '2024-02-29 12:14:15.123456'),
      (2, 1.0 / 3, 0.5, '2024-02-29 12:14:15.9999'), (3, 0.5, 0.5, 1709212455)`);
  fs.writeFileSync('app.db', file.export());
  const gdal = await initGdalJs({ path: 'node_modules/gdal3.js/dist/package', dest: 'out', useWorker: false });
  const opened = await gdal.open('app.db');
  const written = await gdal.ogr2ogr(opened.datasets[0], ['-f', 'PGDUMP']);
  const sql = fs.readFileSync(written.real, 'utf8');
  console.log(sql.split('\n').filter((line) => /"at" timestamp|^INSERT/.test(line)).join('\n'));
})();
JS
output=$(node finding.cjs 2>&1)
echo "gdal3.js 2.8.1 (GDAL 3.8.4), sql.js 1.17.0, Node $(node --version)"
echo "$output"
[ "$output" = "ALTER TABLE \"public\".\"visits\" ADD COLUMN \"at\" timestamp with time zone;
INSERT INTO \"public\".\"visits\" (\"id\", \"share\", \"amount\", \"at\") VALUES (1, 0.3, 1.23456789012346e+16, '2024/02/29 12:14:15.123');
INSERT INTO \"public\".\"visits\" (\"id\", \"share\", \"amount\", \"at\") VALUES (2, 0.333333333333333, 0.5, '2024/02/29 12:14:16.000');
INSERT INTO \"public\".\"visits\" (\"id\", \"share\", \"amount\") VALUES (3, 0.5, 0.5);" ] || { echo 'This is not what was seen before.' >&2; exit 1; }
