package dev.outgrow.internal.wayback;
public final class TT { static long t0=System.nanoTime(), c0=0; 
 static double pg(){ try { double s=0; String pm=java.nio.file.Files.readAllLines(java.nio.file.Path.of("/tmp/m17/pg/data/postmaster.pid")).get(0);
  String[] f=java.nio.file.Files.readString(java.nio.file.Path.of("/proc/"+pm+"/stat")).split(" "); s+=Long.parseLong(f[15])+Long.parseLong(f[16]);
  for (java.nio.file.Path p: java.nio.file.Files.list(java.nio.file.Path.of("/proc")).filter(x->x.getFileName().toString().matches("\\d+")).toList()) { try { String[] g=java.nio.file.Files.readString(p.resolve("stat")).replaceAll("\\(.*\\)","x").split(" "); if (g[3].equals(pm)) s+=Long.parseLong(g[13])+Long.parseLong(g[14]); } catch(Exception e){} }
  return s/100; } catch(Exception e){ return 0; } }
 static double pg0=0;
 public static void t(String what){ double pg=pg(); long c=((com.sun.management.OperatingSystemMXBean)java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime(); long n=System.nanoTime();
  System.err.printf("T %-22s wall %6.2f jvm cpu %6.2f pg cpu %6.2f (at %.2f)%n", what,(n-t0)/1e9,(c-c0)/1e9, pg-pg0,(System.currentTimeMillis()-java.lang.management.ManagementFactory.getRuntimeMXBean().getStartTime())/1e3); t0=n;c0=c;pg0=pg; } }
