#!/usr/bin/env bash
# Exposed 0.61.0 and 1.4.0 (exposed-java-time) with sqlite-jdbc 3.54.1.0: what a timestamp column holds of an Instant.
#
# Guess before the run: both versions write the same text, either in UTC or in the JVM's zone, and read their own column's default alike.
# Seen: in a JVM in Asia/Tokyo, nine hours ahead of UTC, the Instant 12:14:15.123Z is the text "12:14:15.123" if 0.61.0 wrote it (UTC),
# and "21:14:15.123" if 1.4.0 did (the JVM's wall clock). Both read such a text as the JVM's wall clock: 0.61.0 does not find again what
# it wrote but a moment nine hours earlier, and so does 1.4.0 in a file from before the upgrade. And a row whose column was filled by
# Exposed's own defaultExpression(CurrentTimestamp), which SQLite fills in UTC, is nine hours too early in both. The column is declared
# TEXT in all cases: in a file that has seen both versions, nothing tells which rows mean which zone. (Its tracker has the reading of
# earlier versions as issue 2431, closed.)
#
# Needs a JDK 17 or newer and Maven. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > Finding.kt <<'KOTLIN'
import java.time.Duration
import java.time.Instant

object Visits : Table("visits") {
    val id = integer("id")
    val at = timestamp("at").defaultExpression(CurrentTimestamp)
}

fun main(arguments: Array<String>) {
    Database.connect("jdbc:sqlite:app.db", "org.sqlite.JDBC")
    transaction {
        val mine = arguments[0].toInt()
        SchemaUtils.create(Visits)
        Visits.insert { it[id] = mine; it[at] = Instant.parse("2024-02-29T12:14:15.123Z") }
        Visits.insert { it[id] = mine + 1 }
        exec("SELECT at FROM visits WHERE id = $mine") { row -> row.next(); println("stored: " + row.getString(1)) }
        for (visit in Visits.selectAll().orderBy(Visits.id)) {
            val early = Duration.between(visit[Visits.at], Instant.now()).plusMinutes(5).toHours()
            println("read " + visit[Visits.id] + ": " + if (visit[Visits.id] % 10 == 1) visit[Visits.at] else "$early hours ago")
        }
    }
}
KOTLIN
say() {
  local version=$1 first=$2
  mkdir "$version"
  cat > "$version/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.jetbrains.exposed</groupId><artifactId>exposed-jdbc</artifactId><version>$version</version></dependency>
    <dependency><groupId>org.jetbrains.exposed</groupId><artifactId>exposed-java-time</artifactId><version>$version</version></dependency>
    <dependency><groupId>org.jetbrains.kotlin</groupId><artifactId>kotlin-compiler-embeddable</artifactId><version>2.4.20</version></dependency>
    <dependency><groupId>org.jetbrains.kotlin</groupId><artifactId>kotlin-stdlib</artifactId><version>2.4.20</version></dependency>
    <dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId><version>3.54.1.0</version></dependency>
  </dependencies>
</project>
XML
  mvn -q -B -f "$version/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$folder/$version/lib" >&2
  printf 'import %s\n' "${@:3}" | cat - Finding.kt > "$version/Finding.kt"
  java -cp "$version/lib/*" org.jetbrains.kotlin.cli.jvm.K2JVMCompiler -no-stdlib -no-reflect -nowarn \
    -cp "$(find "$version/lib" -name '*.jar' | tr '\n' :)" -d "$version/out" "$version/Finding.kt" 2> log || { cat log >&2; exit 1; }
  echo "$version"
  java -Duser.timezone=Asia/Tokyo -cp "$version/out:$version/lib/*" FindingKt "$first" 2> log || { cat log >&2; exit 1; }
}
output=$(say 0.61.0 1 'org.jetbrains.exposed.sql.*' 'org.jetbrains.exposed.sql.javatime.*' 'org.jetbrains.exposed.sql.transactions.transaction'
  say 1.4.0 11 'org.jetbrains.exposed.v1.core.*' 'org.jetbrains.exposed.v1.jdbc.*' 'org.jetbrains.exposed.v1.javatime.*' \
    'org.jetbrains.exposed.v1.jdbc.transactions.transaction')
echo "Exposed, sqlite-jdbc 3.54.1.0, JVM in Asia/Tokyo"
echo "$output"
[ "$output" = '0.61.0
stored: 2024-02-29 12:14:15.123
read 1: 2024-02-29T03:14:15.123Z
read 2: 9 hours ago
1.4.0
stored: 2024-02-29 21:14:15.123
read 1: 2024-02-29T03:14:15.123Z
read 2: 9 hours ago
read 11: 2024-02-29T12:14:15.123Z
read 12: 9 hours ago' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
