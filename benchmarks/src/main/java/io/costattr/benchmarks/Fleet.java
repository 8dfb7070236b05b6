package io.costattr.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.loopback.servers.PostgresServer;
import io.costattr.loopback.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints, of four JVMs that share budgets in a real Redis and a real PostgreSQL, by how much 64
 * threads exceed a budget of $10, and how often the store is asked for each call at steady load.
 */
final class Fleet {
  private static final int JVMS = 4;
  private static final int THREADS = 16;
  private static final int SECONDS = 24;
  private static final String ONE =
      "budgets: [{name: ten, limit: %s, window: month, action: block}]";
  private static final String EACH =
      "budgets: [{name: each, each: customer_id, limit: $50, window: month, action: block}]";

  private final Path folder;
  private final String store;
  private final String user;
  private int runs;

  private Fleet(Path folder, String store, String user) {
    this.folder = folder;
    this.store = store;
    this.user = user;
  }

  private record Sum(long spent, long calls, long blocked, long exchanges, long lines) {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("fleet");
    System.out.println(
        "| store | load of 4 JVMs, 64 threads | calls | blocked | spent | over the limit |"
            + " round trips for a call | accounts for a call |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    try (RedisServer server = RedisServer.start(folder)) {
      new Fleet(folder, server.address(), "").measure("Redis");
    }
    try (PostgresServer server = new PostgresServer(folder)) {
      new Fleet(folder, server.url(), PostgresServer.USER).measure("PostgreSQL");
    }
  }

  private void measure(String name) throws IOException, InterruptedException {
    print(name, "until all are blocked, one budget of $10", 10, run(ONE.formatted("$10"), 1, 0));
    print(name, "400 calls a second, one budget", 0, run(ONE.formatted("$1000000"), 1, 100));
    print(name, "400 calls a second, 250 customers", 0, run(EACH, 250, 100));
  }

  private Sum run(String policy, int customers, int perSecond)
      throws IOException, InterruptedException {
    int run = runs++;
    Path file = Files.writeString(folder.resolve("costattr-" + run + ".yaml"), policy);
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < JVMS; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-Dcostattr.budget.store=" + store,
                  "-Dcostattr.budget.store.user=" + user,
                  "-Dcostattr.budget.store.prefix=run-" + run,
                  "-cp",
                  System.getProperty("java.class.path"),
                  FleetMember.class.getName(),
                  file.toString(),
                  String.valueOf(THREADS),
                  String.valueOf(customers),
                  String.valueOf(perSecond),
                  String.valueOf(SECONDS))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }
    long[] sums = new long[5];
    for (Process process : processes) {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("a JVM of the fleet failed: " + said);
      }
      String[] words = said.strip().split(" ");
      for (int i = 0; i < sums.length; i++) {
        sums[i] += Long.parseLong(words[i]);
      }
    }
    return new Sum(sums[0], sums[1], sums[2], sums[3], sums[4]);
  }

  private static void print(String name, String load, long limit, Sum sum) {
    double spent = sum.spent / 1e12;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %d | %d | $%.4f | %s | %.4f | %.3f |%n",
        name,
        load,
        sum.calls,
        sum.blocked,
        spent,
        limit == 0 ? "" : String.format(Locale.ROOT, "$%.4f", Math.max(0, spent - limit)),
        (double) sum.exchanges / sum.calls,
        (double) sum.lines / sum.calls);
  }
}
