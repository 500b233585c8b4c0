#!/usr/bin/env bash
# Three C++ libraries on one SQLite file (Debian 12's packages): POCO Data 1.11.0 writes a DateTime, SOCI 4.0.3 and CppDB 0.3.1 read it.
#
# Guess before the run: what one writes as a date with a time of day, in a column declared DATETIME, the others read, or say that they
# cannot; a fraction of a second may get lost. An unsigned integer of 32 bits is stored as the number that it is.
# Seen: POCO writes 2024-02-29T13:14:15Z, without the 123 milliseconds that its DateTime had. SOCI and CppDB both read that as
# 2024-02-29 00:00:00: they know the blank that SQLite's own functions put between date and time, and take what follows a T for no time
# of day. No error, no warning; the same text with a blank is read right by both, and a time with an offset (+02:00) as if it had none.
# POCO's UInt32 3000000000 is in the file as -1294967296. POCO itself reads it back as 3000000000, and so nobody notices before a sum,
# an ORDER BY or another program. A file of one of them that "has no times of day" may have them all.
#
# Needs Debian 12 (amd64) with g++. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download libpoco-dev=1.11.0-3+deb12u1 libpocofoundation80=1.11.0-3+deb12u1 libpocodata80=1.11.0-3+deb12u1 \
  libpocodatasqlite80=1.11.0-3+deb12u1 libcppdb-dev=0.3.1+dfsg-9+b1 libcppdb0=0.3.1+dfsg-9+b1 libcppdb-sqlite3-0=0.3.1+dfsg-9+b1 \
  libsoci-dev=4.0.3-1 libsoci-core4.0=4.0.3-1 libsoci-sqlite3-4.0=4.0.3-1 libboost1.74-dev=1.74.0+ds1-21 \
  libsqlite3-0=3.40.1-2+deb12u2 libsqlite3-dev=3.40.1-2+deb12u2 2> log || { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
cat > write.cpp <<'CPP'
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/DateTime.h>
#include <iostream>
using namespace Poco::Data::Keywords;

int main() {
    Poco::Data::SQLite::Connector::registerConnector();
    Poco::Data::Session file("SQLite", "app.db");
    file << "CREATE TABLE v (id INTEGER PRIMARY KEY, at DATETIME, number BIGINT)", now;
    Poco::DateTime at(2024, 2, 29, 13, 14, 15, 123);
    Poco::UInt32 number = 3000000000u, back = 0;
    file << "INSERT INTO v(at, number) VALUES (?, ?)", use(at), use(number), now;
    std::string stored;
    file << "SELECT at || ', ' || number FROM v", into(stored), now;
    file << "SELECT number FROM v", into(back), now;
    std::cout << "POCO stored " << stored << "; reads the number as " << back << "\n";
    file << "INSERT INTO v(at) VALUES ('2024-02-29 13:14:15'), ('2024-02-29 13:14:15+02:00')", now;
}
CPP
cat > read.cpp <<'CPP'
#include <cppdb/frontend.h>
#include <ctime>
#include <iostream>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

static std::string text(std::tm const &time) {
    char buffer[32];
    std::strftime(buffer, sizeof buffer, "%F %T", &time);
    return buffer;
}

int main() {
    soci::session first(soci::sqlite3, "app.db");
    cppdb::session second("sqlite3:db=app.db");
    for (int id = 1; id <= 3; id++) {
        std::string stored;
        std::tm time = {};
        first << "SELECT at, at FROM v WHERE id = :id", soci::use(id), soci::into(stored), soci::into(time);
        cppdb::result row = second << "SELECT at FROM v WHERE id = ?" << id << cppdb::row;
        std::cout << stored << ": SOCI " << text(time) << ", CppDB " << text(row.get<std::tm>(0)) << "\n";
    }
}
CPP
here=$folder/usr/lib/x86_64-linux-gnu
g++ -std=c++14 -w -I usr/include write.cpp -o write -L "$here" -Wl,-rpath-link,"$here" -lPocoData -lPocoDataSQLite -lPocoFoundation
g++ -std=c++14 -w -I usr/include read.cpp -o read -L "$here" -Wl,-rpath-link,"$here" -l:libsoci_core.so.4.0 -l:libsoci_sqlite3.so.4.0 \
  -l:libcppdb.so.0
export LD_LIBRARY_PATH=$here
output=$(./write && ./read)
echo "POCO 1.11.0, SOCI 4.0.3, CppDB 0.3.1"
echo "$output"
[ "$output" = 'POCO stored 2024-02-29T13:14:15Z, -1294967296; reads the number as 3000000000
2024-02-29T13:14:15Z: SOCI 2024-02-29 00:00:00, CppDB 2024-02-29 00:00:00
2024-02-29 13:14:15: SOCI 2024-02-29 13:14:15, CppDB 2024-02-29 13:14:15
2024-02-29 13:14:15+02:00: SOCI 2024-02-29 13:14:15, CppDB 2024-02-29 13:14:15' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
