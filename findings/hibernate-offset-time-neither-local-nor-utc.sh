#!/usr/bin/env bash
# Hibernate ORM 6.6.49.Final with its community dialect for SQLite and sqlite-jdbc 3.54.1.0: what a column of an OffsetTime holds.
#
# Guess before the run: a LocalTime and an OffsetTime at the same moment, in a JVM in Europe/Paris, are stored as the same number, or else
# the OffsetTime as its time in UTC. 13:14:15+01:00 is 12:14:15Z, 44055000 milliseconds of the day.
# Seen: the LocalTime 13:14:15 is 44055000, and the OffsetTime 13:14:15+01:00 is 40455000, which is 11:14:15Z: its time in UTC, 12:14:15,
# was taken for a wall clock of Paris, and that one for an instant. Hibernate reads back what it wrote, as 12:14:15Z. On PostgreSQL the
# same entity has 11:14:15 in its column of type time. Both columns are declared time(6): nothing in the file tells one from the other.
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
      <groupId>org.hibernate.orm</groupId>
      <artifactId>hibernate-community-dialects</artifactId>
      <version>6.6.49.Final</version>
    </dependency>
    <dependency>
      <groupId>org.xerial</groupId>
      <artifactId>sqlite-jdbc</artifactId>
      <version>3.54.1.0</version>
    </dependency>
  </dependencies>
</project>
XML
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory="$folder/lib"
cat > Finding.java <<'JAVA'
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.util.TimeZone;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

public class Finding {
    @Entity(name = "Shift")
    public static class Shift {
        @Id
        public Long id;

        public LocalTime local;
        public OffsetTime offset;
    }

    public static void main(String[] arguments) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Paris"));
        Configuration configuration = new Configuration()
                .setProperty("hibernate.connection.url", "jdbc:sqlite:app.db")
                .setProperty("hibernate.dialect", "org.hibernate.community.dialect.SQLiteDialect")
                .setProperty("hibernate.hbm2ddl.auto", "create")
                .addAnnotatedClass(Shift.class);
        try (SessionFactory factory = configuration.buildSessionFactory()) {
            factory.inTransaction(session -> {
                Shift shift = new Shift();
                shift.id = 1L;
                shift.local = LocalTime.parse("13:14:15");
                shift.offset = OffsetTime.parse("13:14:15+01:00");
                session.persist(shift);
            });
            factory.inSession(session -> {
                Shift shift = session.find(Shift.class, 1L);
                System.out.println("read: " + shift.local + " and " + shift.offset);
            });
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:app.db");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT local, offset FROM Shift")) {
            System.out.println("stored: " + row.getLong(1) + " and " + row.getLong(2));
        }
    }
}
JAVA
javac -nowarn -cp 'lib/*' Finding.java
said=$(java -cp '.:lib/*' Finding 2> log | grep -E '^(read|stored): ' || { cat log >&2; exit 1; })
echo "Hibernate ORM 6.6.49.Final, sqlite-jdbc 3.54.1.0, JVM in Europe/Paris"
echo "$said"
[ "$said" = "read: 13:14:15 and 12:14:15Z
stored: 44055000 and 40455000" ]
