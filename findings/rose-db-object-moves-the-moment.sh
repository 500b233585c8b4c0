#!/usr/bin/env bash
# Rose::DB::Object 0.820 with Rose::DB 0.785 on SQLite (Debian 12's packages, DBD::SQLite 1.72): a DateTime that has an offset.
#
# Guess before the run: "timestamp with time zone" and "epoch" keep the moment, "timestamp" keeps the wall clock, and none of them
# touches the DateTime that the caller has handed in.
# Seen: 13:14:15+05:00 in a "timestamp with time zone" is stored as 13:14:15 without its offset and loaded as 13:14:15 UTC, five hours
# later (the same class on PostgreSQL keeps the offset). The two other types give the caller's own DateTime another zone, so that
# the object in the caller's hands is another moment after the assignment, and whatever it is compared with or saved to next has that one.
# "epoch", which has no zone and should not need one, therefore stores 1709212455 for the moment 1709194455, on either database.
# In such a file the same moment may stand in two columns of one row five hours apart, and which is right is known to the app alone.
#
# Needs Debian 12 (amd64) with perl. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download libdatetime-perl=2:1.59-1 libdbd-sqlite3-perl=1.72-1 librose-datetime-perl=0.540-2 librose-db-object-perl=1:0.820-2 \
  librose-db-perl=0.785-1 librose-object-perl=0.860-2 libsqlite3-0=3.40.1-2+deb12u2 libb-hooks-endofscope-perl libbit-vector-perl \
  libcarp-clan-perl libclass-data-inheritable-perl libclass-inspector-perl libclass-singleton-perl libclone-perl libclone-pp-perl \
  libdata-optlist-perl libdatetime-format-builder-perl libdatetime-format-pg-perl libdatetime-format-strptime-perl \
  libdatetime-locale-perl libdatetime-timezone-perl libdbi-perl libdevel-stacktrace-perl libeval-closure-perl libexception-class-perl \
  libexporter-tiny-perl libfile-sharedir-perl liblist-moreutils-perl liblist-moreutils-xs-perl libmodule-implementation-perl \
  libmodule-runtime-perl libmro-compat-perl libnamespace-autoclean-perl libnamespace-clean-perl libpackage-stash-perl \
  libparams-util-perl libparams-validate-perl libparams-validationcompiler-perl librole-tiny-perl libspecio-perl \
  libsql-reservedwords-perl libsub-exporter-perl libsub-exporter-progressive-perl libsub-identify-perl libsub-install-perl \
  libtime-clock-perl libtry-tiny-perl libvariable-magic-perl libxstring-perl \
  2> log || { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
cat > finding.pl <<'PL'
use strict;
use warnings;
use DateTime;

package Store;
use base 'Rose::DB';
__PACKAGE__->use_private_registry;
__PACKAGE__->register_db(driver => 'sqlite', database => 'app.db');

package Visit;
use base 'Rose::DB::Object';
__PACKAGE__->meta->setup(
    table => 'visits',
    columns => [
        id => { type => 'serial', primary_key => 1, not_null => 1 },
        zoned => { type => 'timestamp with time zone' },
        naive => { type => 'timestamp' },
        counted => { type => 'epoch' },
    ],
);
sub init_db { Store->new }

package main;
my $store = Store->new;
$store->dbh->do('CREATE TABLE visits (id INTEGER PRIMARY KEY, zoned TIMESTAMP WITH TIME ZONE, naive TIMESTAMP, counted INTEGER)');
for my $column (qw(zoned naive counted)) {
    my $at = DateTime->new(year => 2024, month => 2, day => 29, hour => 13, minute => 14, second => 15, time_zone => '+0500');
    my $before = $at->epoch;
    my $visit = Visit->new($column => $at);
    $visit->save;
    my $stored = $store->dbh->selectrow_array("SELECT $column FROM visits WHERE id = ?", undef, $visit->id);
    my $loaded = Visit->new(id => $visit->id)->load->$column->epoch;
    print "$column: $before, stored as $stored, loaded as $loaded; the caller's own is now ", $at->epoch, "\n";
}
PL
export LD_LIBRARY_PATH=$folder/usr/lib/x86_64-linux-gnu PERL5LIB=$folder/usr/share/perl5:$folder/usr/lib/x86_64-linux-gnu/perl5/5.36
output=$(/usr/bin/perl finding.pl)
echo "Rose::DB::Object 0.820, DBD::SQLite 1.72"
echo "$output"
[ "$output" = "zoned: 1709194455, stored as 2024-02-29 13:14:15.000000000, loaded as 1709212455; the caller's own is now 1709194455
naive: 1709194455, stored as 2024-02-29 13:14:15.000000000, loaded as 1709212455; the caller's own is now 1709212455
counted: 1709194455, stored as 1709212455, loaded as 1709212455; the caller's own is now 1709212455" ] || { echo 'This is not what was seen before.' >&2; exit 1; }
