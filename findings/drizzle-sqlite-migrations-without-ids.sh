#!/usr/bin/env bash
# Drizzle ORM 0.45.4, its migrator on SQLite (here through sql.js 1.17.0): the ids of its own book of migrations.
#
# Guess before the run: two migrations are the rows with the ids 1 and 2 of __drizzle_migrations.
# Seen: the table is created with "id SERIAL PRIMARY KEY", the type of PostgreSQL. SQLite takes the word for a type that it does not
# know: the key is no alias of the rowid, nothing counts it, and as SQLite lets NULL into a primary key of any other type, each row has
# NULL there. Any Drizzle database with migrations thus has a primary key of nothing but NULLs, which a PRIMARY KEY of PostgreSQL
# refuses, although each row was written by the library. The rows can be told apart by rowid and hash only.
#
# Needs Node 20 or newer and npm. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --legacy-peer-deps drizzle-orm@0.45.4 sql.js@1.17.0
mkdir -p migrations/meta
echo 'CREATE TABLE visits (id integer PRIMARY KEY);' > migrations/0000_visits.sql
echo 'CREATE TABLE guests (id integer PRIMARY KEY);' > migrations/0001_guests.sql
cat > migrations/meta/_journal.json <<'JSON'
{"version": "7", "dialect": "sqlite", "entries": [
  {"idx": 0, "version": "6", "when": 1709212455123, "tag": "0000_visits", "breakpoints": true},
  {"idx": 1, "version": "6", "when": 1709212455124, "tag": "0001_guests", "breakpoints": true}]}
JSON
cat > finding.mjs <<'JS'
import initSqlJs from 'sql.js';
import { drizzle } from 'drizzle-orm/sql-js';
import { migrate } from 'drizzle-orm/sql-js/migrator';

const SQL = await initSqlJs();
const file = new SQL.Database();
migrate(drizzle(file), { migrationsFolder: './migrations' });
const rows = (query) => JSON.stringify(file.exec(query)[0].values);
console.log('declared: ' + rows("SELECT name, type, pk FROM pragma_table_info('__drizzle_migrations') WHERE pk"));
console.log('stored: ' + rows('SELECT rowid, id, created_at FROM __drizzle_migrations'));
JS
output=$(node finding.mjs)
echo "drizzle-orm 0.45.4, sql.js 1.17.0, Node $(node --version)"
echo "$output"
[ "$output" = 'declared: [["id","SERIAL",1]]
stored: [[1,null,1709212455123],[2,null,1709212455124]]' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
