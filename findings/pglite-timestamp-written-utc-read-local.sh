#!/usr/bin/env bash
# PGlite 0.5.17 (PostgreSQL 18 in WebAssembly), a JavaScript Date in a column of the type timestamp: other on the way in than out.
#
# Guess before the run: a Date that goes into a timestamp comes back as the same Date in the process that wrote it, as with the drivers of
# Node for a server; what lies in the column is the wall clock of UTC or of the process.
# Seen: it is written as the wall clock of UTC, and read back by new Date(text) as the wall clock of the process. In Europe/Berlin a
# Date thus comes back an hour earlier (two in summer), and each time an app reads a row and saves it, the column moves back by another
# hour. The same Date in a timestamptz comes back as it was. Who takes such a column over must read it as UTC, though PGlite did not.
# (Open in its tracker as issue 532.)
#
# Needs Node 20 or newer and npm. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.17
cat > finding.mjs <<'JS'
import { PGlite } from '@electric-sql/pglite';

const database = new PGlite();
await database.exec('CREATE TABLE visits (naive timestamp, zoned timestamptz)');
const at = new Date('2024-02-29T12:14:15.123Z');
await database.query('INSERT INTO visits VALUES ($1, $2)', [at, at]);
const show = async () => {
  const { naive, zoned } = (await database.query('SELECT naive, zoned FROM visits')).rows[0];
  const stored = (await database.query('SELECT naive::text FROM visits')).rows[0].naive;
  console.log(`stored ${stored}, read ${naive.toISOString()}, timestamptz ${zoned.toISOString()}`);
  return naive;
};
await database.query('UPDATE visits SET naive = $1', [await show()]);
await show();
JS
output=$(TZ=Europe/Berlin node finding.mjs)
echo "@electric-sql/pglite 0.5.17, Node $(node --version) in Europe/Berlin"
echo "$output"
[ "$output" = 'stored 2024-02-29 12:14:15.123, read 2024-02-29T11:14:15.123Z, timestamptz 2024-02-29T12:14:15.123Z
stored 2024-02-29 11:14:15.123, read 2024-02-29T10:14:15.123Z, timestamptz 2024-02-29T12:14:15.123Z' ] ||
  { echo 'This is not what was seen before.' >&2; exit 1; }
