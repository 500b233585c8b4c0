#!/usr/bin/env bash
# DataNucleus 6.0.10 (JDO) on SQLite with sqlite-jdbc 3.54.1.0: what a column of a LocalTime holds, and of an OffsetTime.
#
# Guess before the run: a LocalTime of 08:30 is stored as the milliseconds of 08:30 on 1970-01-01, as sqlite-jdbc stores a java.sql.Time;
# an OffsetTime likewise, and both are read back.
# Seen: the LocalTime is stored as 08:30 of the day on which it was written. DataNucleus fills a Calendar that begins as now, and
# sqlite-jdbc keeps all of its milliseconds; PostgreSQL's driver, which sends the time of day alone, hides the same thing. Opening hours
# that two people entered on two days are two values: a query for 08:30 finds those that were entered today, DISTINCT and UNIQUE take
# the two for different, and ORDER BY sorts by the day of entry. The OffsetTime lands before the year 1, and reading it back is a
# NullPointerException: its offset is not kept anywhere. Who takes such a column over needs its time of day in the JVM's zone, and no date.
#
# Needs a JDK 17 or newer and Maven. Exits with 0 as long as that is what happens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.datanucleus</groupId>
      <artifactId>datanucleus-accessplatform-jdo-rdbms</artifactId>
      <version>6.0.10</version>
      <type>pom</type>
    </dependency>
    <dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId><version>3.54.1.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DincludeTypes=jar -DoutputDirectory=lib >&2
cat > Shop.java <<'JAVA'
import java.time.LocalTime;
import java.time.OffsetTime;
import javax.jdo.annotations.PersistenceCapable;
import javax.jdo.annotations.Persistent;
import javax.jdo.annotations.PrimaryKey;

@PersistenceCapable(table = "SHOP")
public class Shop {
    @PrimaryKey
    long id;

    @Persistent
    LocalTime opens;

    @Persistent
    OffsetTime closes;

    Shop(long id, LocalTime opens, OffsetTime closes) {
        this.id = id;
        this.opens = opens;
        this.closes = closes;
    }

    OffsetTime closes() {
        return closes;
    }
}
JAVA
cat > Finding.java <<'JAVA'
import java.time.LocalTime;
import java.time.OffsetTime;
import java.util.List;
import javax.jdo.PersistenceManager;
import org.datanucleus.api.jdo.JDOPersistenceManagerFactory;
import org.datanucleus.metadata.PersistenceUnitMetaData;

class Finding {
    public static void main(String[] arguments) throws Exception {
        PersistenceUnitMetaData unit = new PersistenceUnitMetaData("finding", "RESOURCE_LOCAL", null);
        unit.addClassName("Shop");
        unit.setExcludeUnlistedClasses(true);
        unit.addProperty("javax.jdo.option.ConnectionURL", "jdbc:sqlite:app.db");
        unit.addProperty("javax.jdo.option.ConnectionDriverName", "org.sqlite.JDBC");
        unit.addProperty("datanucleus.schema.autoCreateAll", "true");
        PersistenceManager manager = new JDOPersistenceManagerFactory(unit, null).getPersistenceManager();
        manager.currentTransaction().begin();
        if (arguments[0].equals("read")) {
            manager.getFetchPlan().setGroup("none");
            javax.jdo.Query<Shop> query = manager.newQuery(Shop.class, "opens == :time");
            query.setResult("count(id)");
            query.setParameters(LocalTime.of(8, 30));
            System.out.println("open at 08:30, if the first was written yesterday: " + query.executeResultUnique(Long.class));
            try {
                System.out.println("closes: " + manager.getObjectById(Shop.class, 1L).closes());
            } catch (NullPointerException e) {
                System.out.println("closes: NullPointerException, " + e.getMessage());
            }
        } else {
            long id = Long.parseLong(arguments[0]);
            manager.makePersistent(new Shop(id, LocalTime.of(8, 30), OffsetTime.parse("20:00+01:00")));
        }
        manager.currentTransaction().commit();
    }
}
JAVA
javac -proc:none -cp 'lib/*' -d out Shop.java Finding.java
java -cp 'out:lib/*' org.datanucleus.enhancer.DataNucleusEnhancer -api JDO out/Shop.class > log 2>&1 || { cat log >&2; exit 1; }
cat > Stored.java <<'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

class Stored {
    public static void main(String[] arguments) throws Exception {
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:app.db");
                Statement statement = file.createStatement()) {
            ResultSet row = statement.executeQuery("SELECT ID, time(OPENS / 1000, 'unixepoch'), date(OPENS / 1000, 'unixepoch') = date('now'),"
                    + " CLOSES / 1000 < unixepoch('0001-01-01') FROM SHOP ORDER BY ID");
            while (row.next()) {
                System.out.println(row.getString(1) + " opens at " + row.getString(2) + ", of today: " + row.getString(3)
                        + "; closes before the year 1: " + row.getString(4));
            }
            statement.execute("UPDATE SHOP SET OPENS = OPENS - 86400000 WHERE ID = 1");
        }
    }
}
JAVA
run() { java -Duser.timezone=UTC -cp 'out:lib/*' "$@" 2> log || { cat log >&2; exit 1; }; }
output=$(run Finding 1; run Finding 2; run Stored.java; run Finding read)
echo "DataNucleus 6.0.10, sqlite-jdbc 3.54.1.0"
echo "$output"
[ "$output" = '1 opens at 08:30:00, of today: 1; closes before the year 1: 1
2 opens at 08:30:00, of today: 1; closes before the year 1: 1
open at 08:30, if the first was written yesterday: 1
closes: NullPointerException, offset' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
