#!/usr/bin/env bash
# Mono.Data.Sqlite of Mono 6.8.0 (Debian 12's packages): parameters of the types char, DateTimeOffset and TimeSpan.
#
# Guess before the run: a char is a text of one letter, a DateTimeOffset ISO text with its offset, a TimeSpan text or ticks; what was
# written is read back, or refused when it is written.
# Seen: the char 'x' is stored as the text "120", its code, also in a column declared CHAR(1), and read back as the string "120". A
# DateTimeOffset is stored as Mono prints it, "02/29/2024 13:14:15 +02:00": the month first, so that it does not sort, and without
# the seven digits of a second that a DateTime beside it keeps; and a TimeSpan of 26 hours as "1.02:03:04.5000000". Neither can be read
# back from a column that is declared DATETIME or TIME: "String was not recognized as a valid DateTime", for a row that the same
# driver wrote without a word. In the file of such an app a CHAR(1) of digits alone may be letters.
#
# Needs Debian 12 (amd64) with the library of SQLite. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download $(printf '%s=6.8.0.105+dfsg-3.3+deb12u1 ' mono-mcs mono-runtime-common mono-runtime-sgen libmono-corlib4.5-{cil,dll} libmono-system4.0-cil \
  libmono-{sqlite,security,microsoft-csharp}4.0-cil libmono-system-{configuration,core,data,enterpriseservices,numerics,security,transactions,xml}4.0-cil) \
  2> log || { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
export MONO_PATH="$folder/usr/lib/mono/4.5" MONO_CFG_DIR="$folder/etc"
cat > Finding.cs <<'CS'
using System;
using Mono.Data.Sqlite;

class Finding {
    static void Main() {
        using (var file = new SqliteConnection("Data Source=app.db")) {
            file.Open();
            var create = new SqliteCommand("CREATE TABLE visits (grade CHAR(1), seen DATETIME, at DATETIME, took TIME)", file);
            create.ExecuteNonQuery();
            var ticks = new DateTime(2024, 2, 29, 13, 14, 15).AddTicks(1234567);
            Try(file, "grade", 'x');
            Try(file, "seen", ticks);
            Try(file, "at", new DateTimeOffset(ticks, TimeSpan.FromHours(2)));
            Try(file, "took", new TimeSpan(1, 2, 3, 4, 500));
        }
    }

    static void Try(SqliteConnection file, string column, object value) {
        var insert = new SqliteCommand("INSERT INTO visits (" + column + ") VALUES (@value)", file);
        insert.Parameters.Add(new SqliteParameter("@value", value));
        insert.ExecuteNonQuery();
        var select = new SqliteCommand("SELECT quote(" + column + "), " + column + " FROM visits WHERE rowid = last_insert_rowid()", file);
        using (var row = select.ExecuteReader()) {
            row.Read();
            Console.Write(value.GetType().Name + " stored as " + row.GetString(0));
            try {
                var read = row.GetValue(1);
                Console.WriteLine(", read as " + read.GetType().Name + " " + (read is DateTime ? ((DateTime) read).ToString("o") : read));
            } catch (FormatException) {
                Console.WriteLine(", cannot be read");
            }
        }
    }
}
CS
usr/bin/mono-sgen usr/lib/mono/4.5/mcs.exe -lib:usr/lib/mono/4.5 -r:Mono.Data.Sqlite.dll -r:System.Data.dll Finding.cs > log 2>&1 || { cat log >&2; exit 1; }
output=$(usr/bin/mono-sgen Finding.exe)
echo "Mono.Data.Sqlite of Mono 6.8.0.105+dfsg-3.3+deb12u1"
echo "$output"
[ "$output" = "Char stored as '120', read as String 120
DateTime stored as '2024-02-29 13:14:15.1234567', read as DateTime 2024-02-29T13:14:15.1234567
DateTimeOffset stored as '02/29/2024 13:14:15 +02:00', cannot be read
TimeSpan stored as '1.02:03:04.5000000', cannot be read" ] || { echo 'This is not what was seen before.' >&2; exit 1; }
