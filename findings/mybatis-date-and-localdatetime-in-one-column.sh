#!/usr/bin/env bash
# MyBatis 3.5.19 on SQLite with sqlite-jdbc 3.54.1.0: a column that one class fills from a java.util.Date, and the next from a LocalDateTime.
#
# Guess before the run: both are stored as the same kind of value, so that the class may change its field from Date to LocalDateTime, as
# it does on PostgreSQL, or the second is refused.
# Seen: MyBatis hands the Date to setTimestamp(), which stores milliseconds, and the LocalDateTime to setObject(), which stores the text of
# toString(), "2024-01-31T10:00", with the seconds only if there are some. To SQLite every number is less than every text: rows of before the
# change sort before all others whatever their dates, and a query between two LocalDateTimes finds none of them. MyBatis reads both rows back right, so the app's lists show correct dates in a wrong order, and reports that ask for a
# period lack the old rows. An Instant in the same column is a number again. Nothing fails.
# (That a LocalDateTime could not be read at all is issue 878 of the driver's tracker, of an earlier version.)
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
    <dependency><groupId>org.mybatis</groupId><artifactId>mybatis</artifactId><version>3.5.19</version></dependency>
    <dependency><groupId>org.xerial</groupId><artifactId>sqlite-jdbc</artifactId><version>3.54.1.0</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib >&2
cat > Finding.java <<'JAVA'
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

class Finding {
    public interface Orders {
        @Insert("INSERT INTO orders(was, paid) VALUES (#{was}, #{paid})")
        void addDate(@Param("was") String was, @Param("paid") Date paid);

        @Insert("INSERT INTO orders(was, paid) VALUES (#{was}, #{paid})")
        void addLocal(@Param("was") String was, @Param("paid") LocalDateTime paid);

        @Insert("INSERT INTO orders(was, paid) VALUES (#{was}, #{paid})")
        void addInstant(@Param("was") String was, @Param("paid") Instant paid);

        @Select("SELECT paid FROM orders ORDER BY paid, id")
        List<LocalDateTime> inOrder();

        @Select("SELECT count(*) FROM orders WHERE paid BETWEEN #{first} AND #{last}")
        int between(@Param("first") LocalDateTime first, @Param("last") LocalDateTime last);
    }

    public static void main(String[] arguments) throws Exception {
        UnpooledDataSource source = new UnpooledDataSource("org.sqlite.JDBC", "jdbc:sqlite:app.db", null, null);
        try (Connection file = source.getConnection()) {
            file.createStatement().execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, was TEXT, paid TIMESTAMP)");
        }
        Configuration configuration = new Configuration(new Environment("finding", new JdbcTransactionFactory(), source));
        configuration.addMapper(Orders.class);
        try (SqlSession session = new SqlSessionFactoryBuilder().build(configuration).openSession()) {
            Orders orders = session.getMapper(Orders.class);
            LocalDateTime march = LocalDateTime.parse("2024-03-01T10:00");
            LocalDateTime january = LocalDateTime.parse("2024-01-31T10:00");
            orders.addDate("a Date", Date.from(march.toInstant(java.time.ZoneOffset.UTC)));
            orders.addLocal("a LocalDateTime", january);
            orders.addLocal("a LocalDateTime", march.plusSeconds(1));
            orders.addInstant("an Instant", march.plusHours(1).toInstant(java.time.ZoneOffset.UTC));
            session.commit();
            try (ResultSet row = session.getConnection().createStatement()
                    .executeQuery("SELECT was, typeof(paid), paid || '' FROM orders ORDER BY id")) {
                while (row.next()) {
                    System.out.println(row.getString(1) + ": " + row.getString(2) + " " + row.getString(3));
                }
            }
            System.out.println("in order: " + orders.inOrder());
            System.out.println("of the year 2024: "
                    + orders.between(LocalDateTime.parse("2024-01-01T00:00"), LocalDateTime.parse("2024-12-31T23:59")));
        }
    }
}
JAVA
output=$(java -Duser.timezone=UTC -cp 'lib/*' Finding.java 2> log) || { cat log >&2; exit 1; }
echo "MyBatis 3.5.19, sqlite-jdbc 3.54.1.0"
echo "$output"
[ "$output" = 'a Date: integer 1709287200000
a LocalDateTime: text 2024-01-31T10:00
a LocalDateTime: text 2024-03-01T10:00:01
an Instant: integer 1709290800000
in order: [2024-03-01T10:00, 2024-03-01T11:00, 2024-01-31T10:00, 2024-03-01T10:00:01]
of the year 2024: 2' ] || { echo 'This is not what was seen before.' >&2; exit 1; }
