#!/usr/bin/env bash
# Free Pascal 3.2.2 (Debian 12's packages), its two components for SQLite, SQLdb's TSQLite3Connection and TSqlite3Dataset: a TDateTime.
#
# Guess before the run: both come with one compiler and write the same thing into a DATETIME column, and read what the other one wrote.
# Seen: SQLdb writes Julian days, 2460370.05156..., and TSqlite3Dataset writes Pascal's own days since 1899-12-30, 45351.55156...; in the
# file both are REAL. SQLdb reads either right, by their size. TSqlite3Dataset takes SQLdb's for its own and shows the
# year 8636, and 01:14:15 for 13:14:15, since Julian days begin at noon. A TIME is 0.55156... or 2415019.05156..., so that a
# query between the two forms finds nothing. TSqlite3Dataset also shows "abc" of an "abcdef" in a VARCHAR(3), a length that SQLite
# and SQLdb do not know. A column that both have written needs each number read by its size.
#
# Needs Debian 12 (amd64) with binutils. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
version=3.2.2+dfsg-20
apt-get -qq download "fp-compiler-3.2.2=$version" "fp-units-rtl-3.2.2=$version" "fp-units-base-3.2.2=$version" "fp-units-fcl-3.2.2=$version" \
  "fp-units-db-3.2.2=$version" libsqlite3-0=3.40.1-2+deb12u2 2> log || { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
mkdir app
cat > app/finding.pas <<'PASCAL'
{$mode objfpc}{$H+}
uses Classes, SysUtils, DB, sqldb, sqlite3conn, sqlite3ds, sqlite3dyn;

procedure Show(who: string; data: TDataSet);
begin
  data.First;
  while not data.EOF do
  begin
    writeln(who, ' reads row ', data.FieldByName('id').AsString, ': ',
      FormatDateTime('yyyy-mm-dd hh:nn:ss', data.FieldByName('at').AsDateTime), ', note ', data.FieldByName('note').AsString);
    data.Next;
  end;
end;

var
  connection: TSQLite3Connection;
  query: TSQLQuery;
  table: TSqlite3Dataset;
  at: TDateTime;
begin
  at := EncodeDate(2024, 2, 29) + EncodeTime(13, 14, 15, 0);
  connection := TSQLite3Connection.Create(nil);
  connection.Transaction := TSQLTransaction.Create(connection);
  connection.DatabaseName := 'app.db';
  connection.ExecuteDirect('CREATE TABLE visits (id INTEGER PRIMARY KEY, at DATETIME, clock TIME, note VARCHAR(3))');
  query := TSQLQuery.Create(connection);
  query.DataBase := connection;
  query.SQL.Text := 'INSERT INTO visits VALUES (1, :at, :clock, :note)';
  query.ParamByName('at').AsDateTime := at;
  query.ParamByName('clock').AsTime := EncodeTime(13, 14, 15, 0);
  query.ParamByName('note').AsString := 'abcdef';
  query.ExecSQL;
  connection.Transaction.Commit;
  connection.Close;

  table := TSqlite3Dataset.Create(nil);
  table.FileName := 'app.db';
  table.TableName := 'visits';
  table.PrimaryKey := 'id';
  table.Open;
  table.Append;
  table.FieldByName('id').AsInteger := 2;
  table.FieldByName('at').AsDateTime := at;
  table.FieldByName('clock').AsDateTime := EncodeTime(13, 14, 15, 0);
  table.FieldByName('note').AsString := 'ghi';
  table.Post;
  table.ApplyUpdates;
  Show('TSqlite3Dataset', table);
  table.Close;

  query.SQL.Text := 'SELECT * FROM visits ORDER BY id';
  query.Open;
  Show('SQLdb', query);
  query.Close;
  query.SQL.Text := 'SELECT id || '': at '' || typeof(at) || '' '' || round(at, 4) || '', clock '' || round(clock, 4) AS stored FROM visits';
  query.Open;
  while not query.EOF do
  begin
    writeln('stored in row ', query.FieldByName('stored').AsString);
    query.Next;
  end;
end.
PASCAL
cp usr/lib/x86_64-linux-gnu/libsqlite3.so.0 app/libsqlite3.so
units=$folder/usr/lib/x86_64-linux-gnu/fpc/3.2.2/units/x86_64-linux
usr/lib/x86_64-linux-gnu/fpc/3.2.2/ppcx64 -n -v0 "-Fu$units/*" app/finding.pas > log 2>&1 || { cat log >&2; exit 1; }
output=$(cd app && LD_LIBRARY_PATH=. ./finding)
echo "Free Pascal 3.2.2"
echo "$output"
[ "$output" = 'TSqlite3Dataset reads row 1: 8636-04-05 01:14:15, note abc
TSqlite3Dataset reads row 2: 2024-02-29 13:14:15, note ghi
SQLdb reads row 1: 2024-02-29 13:14:15, note abcdef
SQLdb reads row 2: 2024-02-29 13:14:15, note ghi
stored in row 1: at real 2460370.0516, clock 2415019.0516
stored in row 2: at real 45351.5516, clock 0.5516' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
