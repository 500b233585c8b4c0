#!/usr/bin/env bash
# RSQLite 2.2.20 on R 4.2.2 (Debian 12's packages): a duration (difftime), appended to one table on two days.
#
# Guess before the run: a duration is stored in seconds, as a POSIXct beside it is, or its unit is kept somewhere, or refused if it differs
# from that of the column's other rows.
# Seen: the bare number is stored, in whatever unit R has chosen for that vector by its smallest value: an import of 90 minutes is 1.5 on a
# day on which all took more than an hour (hours), and 90 on a day on which one of them took 45 minutes (minutes). Both are REAL in the same column,
# nothing in the file says which is which, and AVG and ORDER BY go over all of them. A Date beside it is days since 1970, also REAL. Reading it
# back gives plain numbers. rbind() of the two days within R converts the unit; dbAppendTable() does not, without a warning.
# (That dates become numbers is in its tracker, 319 and 351.) Who moves such a column has to ask the app's authors, row by row.
#
# Needs Debian 12 (amd64) with R 4.2 (r-base-core). Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download r-cran-rsqlite=2.2.20-1 r-cran-dbi=1.1.3-1 r-cran-bit=4.0.5-1 r-cran-bit64=4.0.5-1 r-cran-blob=1.2.3-1 \
  r-cran-memoise=2.0.1-1 r-cran-pkgconfig=2.0.3-2 r-cran-rlang=1.0.6-1 r-cran-vctrs=0.5.2-1 r-cran-cachem=1.0.7-1 \
  r-cran-fastmap=1.1.1-1 r-cran-cli=3.6.0-1 r-cran-glue=1.6.2-1 r-cran-lifecycle=1.0.3+dfsg-1 libsqlite3-0=3.40.1-2+deb12u2 2> log || { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
cat > finding.R <<'R'
library(DBI)
file <- dbConnect(RSQLite::SQLite(), "app.db")
imports <- function(day, began, ended) {
  data.frame(day = as.Date(day), took = as.POSIXct(paste(day, ended), tz = "UTC") - as.POSIXct(paste(day, began), tz = "UTC"))
}
monday <- imports("2024-02-26", c("08:00", "10:00"), c("09:30", "12:00"))
tuesday <- imports("2024-02-27", c("08:00", "10:00"), c("09:30", "10:45"))
dbWriteTable(file, "imports", monday)
invisible(dbAppendTable(file, "imports", tuesday))
cat(sprintf("%s\n", dbGetQuery(file, "SELECT CAST(day AS INTEGER) || ': ' || typeof(took) || ' ' || took t FROM imports")$t), sep = "")
cat("average in the file:", dbGetQuery(file, "SELECT AVG(took) a FROM imports")$a, "\n")
both <- mean(rbind(monday, tuesday)$took)
cat("average in R:", format(as.numeric(both, units = "mins")), "minutes\n")
R
output=$(R_LIBS=usr/lib/R/site-library LD_LIBRARY_PATH=usr/lib/x86_64-linux-gnu Rscript --vanilla finding.R)
echo "RSQLite 2.2.20, $(Rscript --version 2>&1)"
echo "$output"
[ "$output" = '19779: real 1.5
19779: real 2.0
19780: real 90.0
19780: real 45.0
average in the file: 34.625 
average in R: 86.25 minutes' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
