#!/usr/bin/env bash
# DataObjects 0.10.17 for SQLite (ruby-dataobjects-sqlite3 of Debian 12, the driver of DataMapper), Ruby 3.1: a Time and a DateTime.
#
# Guess before the run: both are written as ISO text with their offset, and read back as the moment that they were; a fraction may get lost.
# Seen: both are written with their offset, the Time with its fraction and the DateTime without. A DateTime is read back with the
# offset; a Time as the same wall clock in the zone of the process, whatever the offset says: in Europe/Berlin, 13:14:15.123+05:00 comes back
# as 13:14:15.123+01:00, four hours later, and a Time in UTC of summer two hours early. An app that only ever writes
# times of its own zone never sees it. Where the text is taken at its word, as PostgreSQL does, the users see other times than before,
# and the right ones only if the offset was right and the reading wrong: only the app's authors know what it has shown.
#
# Needs Debian 12 (amd64) with Ruby 3.1. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download ruby-dataobjects=0.10.17-2 ruby-dataobjects-sqlite3=0.10.17-1+b7 ruby-addressable=2.8.1-1 ruby-public-suffix=4.0.6+ds-2 \
  libsqlite3-0=3.40.1-2+deb12u2 2> log || { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
cat > finding.rb <<'RUBY'
require 'do_sqlite3'
file = DataObjects::Connection.new('sqlite3:app.db')
file.create_command('CREATE TABLE visits (id INTEGER PRIMARY KEY, at TIMESTAMP)').execute_non_query
visits = [
  Time.new(2024, 2, 29, 13, 14, 15.123r, '+05:00'), Time.utc(2024, 7, 1, 12), DateTime.new(2024, 2, 29, 13, 14, 15.123r, '+05:00')
]
visits.each_with_index do |visit, id|
  file.create_command('INSERT INTO visits VALUES (?, ?)').execute_non_query(id, visit)
  query = file.create_command('SELECT CAST(at AS TEXT), at FROM visits WHERE id = ?')
  query.set_types([String, visit.class])
  row = query.execute_reader(id)
  row.next!
  written, read = row.values
  puts "#{visit.class} #{visit.iso8601(3)}: written #{written}, read #{read.iso8601(3)}"
end
RUBY
output=$(TZ=Europe/Berlin LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu \
  ruby -I usr/lib/ruby/vendor_ruby -I usr/lib/x86_64-linux-gnu/ruby/vendor_ruby/3.1.0 -r time finding.rb)
echo "DataObjects 0.10.17, $(ruby --version)"
echo "$output"
[ "$output" = 'Time 2024-02-29T13:14:15.123+05:00: written 2024-02-29T13:14:15.123000+05:00, read 2024-02-29T13:14:15.123+01:00
Time 2024-07-01T12:00:00.000Z: written 2024-07-01T12:00:00+00:00, read 2024-07-01T12:00:00.000+02:00
DateTime 2024-02-29T13:14:15.123+05:00: written 2024-02-29T13:14:15+05:00, read 2024-02-29T13:14:15.000+05:00' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
