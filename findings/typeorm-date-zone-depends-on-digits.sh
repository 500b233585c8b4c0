#!/usr/bin/env bash
# TypeORM 1.1.1 on SQLite (here through sql.js 1.17.0), a column of the type datetime: the digits behind the second choose the zone.
#
# Guess before the run: texts without a zone are all read in the same zone; more digits than a JavaScript Date has are cut off.
# Seen: in a process in Europe/Berlin, "2024-02-29 12:14:15" and "12:14:15.123" are read as UTC, as TypeORM writes them, and
# "12:14:15.1" and "12:14:15.123456" as Berlin's wall clock, an hour earlier. TypeORM appends the Z only to a text that its pattern
# knows, with no fraction or three digits; any other goes to new Date(text), which is local. Rows that another program wrote with
# microseconds (Python's datetime writes six digits, and none if they are zero) thus mean another moment than their neighbours, and
# that moment depends on the machine's zone. Without a fraction the same writer's rows are read right.
#
# Needs Node 20 or newer and npm. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --legacy-peer-deps typeorm@1.1.1 reflect-metadata@0.2.2 sql.js@1.17.0
cat > finding.cjs <<'JS'
require('reflect-metadata');
const { DataSource, EntitySchema } = require('typeorm');

const Visit = new EntitySchema({
  name: 'Visit',
  tableName: 'visits',
  columns: { id: { type: Number, primary: true }, at: { type: 'datetime' } },
});

(async () => {
  const source = new DataSource({ type: 'sqljs', entities: [Visit], synchronize: true });
  await source.initialize();
  const texts = ['12:14:15', '12:14:15.123', '12:14:15.1', '12:14:15.123456'];
  for (const [id, text] of texts.entries()) {
    await source.query('INSERT INTO visits (id, at) VALUES (?, ?)', [id, '2024-02-29 ' + text]);
  }
  for (const visit of await source.getRepository('Visit').find({ order: { id: 'ASC' } })) {
    console.log(texts[visit.id] + ' is read as ' + visit.at.toISOString().substring(11));
  }
  const written = await source.getRepository('Visit').save({ id: 9, at: new Date('2024-02-29T12:14:15.123Z') });
  const row = await source.query('SELECT at FROM visits WHERE id = ' + written.id);
  console.log('12:14:15.123Z is written as ' + row[0].at.substring(11));
})();
JS
output=$(TZ=Europe/Berlin node finding.cjs)
echo "typeorm 1.1.1, sql.js 1.17.0, Node $(node --version) in Europe/Berlin"
echo "$output"
[ "$output" = '12:14:15 is read as 12:14:15.000Z
12:14:15.123 is read as 12:14:15.123Z
12:14:15.1 is read as 11:14:15.100Z
12:14:15.123456 is read as 11:14:15.123Z
12:14:15.123Z is written as 12:14:15.123' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
