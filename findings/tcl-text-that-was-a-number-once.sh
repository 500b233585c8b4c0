#!/usr/bin/env bash
# SQLite's own interface for Tcl 3.40.1 and tdbc::sqlite3 (Debian 12's packages), Tcl 8.6.13: what a value is in a column of TEXT.
#
# Guess before the run: a string that is bound to a TEXT column is stored letter by letter, whatever the script did with it before.
# Seen: it depends on whether somebody has looked at it as at a number. '007' that was never looked at is '007'; after "$zip > 0", after
# "string is integer" or in a list that "lsort -integer" has sorted it is '7'. '0755' becomes '493' (it was octal), '1.10' becomes '1.1',
# '1e3' becomes '1000.0' and '+491701234567' loses its plus. Tcl keeps a number beside the string that it was read from, the interface
# binds that number, and SQLite writes it out anew for the column. So the check that is there to refuse bad input rewrites the good one,
# in the row alone: the variable still prints '007', and a later WHERE word = '007' finds no row.
# In a file of such an app some rows of a column have their zeros and some do not, by the path that they took.
#
# Needs Debian 12 (amd64). Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download tcl8.6=8.6.13+dfsg-2 libtcl8.6=8.6.13+dfsg-2 libsqlite3-tcl=3.40.1-2+deb12u2 libsqlite3-0=3.40.1-2+deb12u2 \
  tcl8.6-tdbc=1.1.5-1 tcl8.6-tdbc-sqlite3=1.1.5-1 2> log ||
  { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
cat > finding.tcl <<'TCL'
lappend auto_path $env(HERE)/usr/lib/tcltk $env(HERE)/usr/lib/tcltk/x86_64-linux-gnu
package require sqlite3
package require tdbc::sqlite3
sqlite3 db finding.db
db eval {CREATE TABLE v (id INTEGER PRIMARY KEY, way TEXT, word TEXT)}
proc keep {way word} { db eval {INSERT INTO v(way, word) VALUES ($way, $word)} }
set word 007;           keep "never looked at" $word
set word 007;           if {$word > 0} { keep "compared" $word }
set word 007;           if {[string is integer -strict $word]} { keep "checked" $word }
foreach word [lsort -integer [list 010 007]] { keep "sorted" $word }
set word 0755;          if {[string is integer -strict $word]} { keep "checked" $word }
set word 1.10;          if {$word >= 1} { keep "compared" $word }
set word 1e3;           if {[string is double -strict $word]} { keep "checked" $word }
set word +491701234567; if {[string is wideinteger -strict $word]} { keep "checked" $word; set still $word }
tdbc::sqlite3::connection create other finding.db
set word 007;           if {[string is integer -strict $word]} { other allrows {INSERT INTO v(way, word) VALUES ('tdbc, checked', :word)} }
db eval {SELECT way, typeof(word) kind, word FROM v ORDER BY id} { puts "$way: $kind $word" }
puts "the variable: $still"
set again 007; puts "rows of way \"checked\" with the word $again: [db eval {SELECT count(*) FROM v WHERE way = 'checked' AND word = $again}]"
TCL
export HERE=$folder LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu TCL_LIBRARY=$folder/usr/share/tcltk/tcl8.6
output=$(usr/bin/tclsh8.6 finding.tcl)
echo "libsqlite3-tcl 3.40.1, Tcl 8.6.13"
echo "$output"
[ "$output" = 'never looked at: text 007
compared: text 7
checked: text 7
sorted: text 7
sorted: text 8
checked: text 493
compared: text 1.1
checked: text 1000.0
checked: text 491701234567
tdbc, checked: text 7
the variable: +491701234567
rows of way "checked" with the word 007: 0' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
