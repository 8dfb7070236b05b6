package io.costattr.benchmarks;

import io.costattr.core.config.Config;
import io.costattr.core.config.ConfigReader;
import io.costattr.core.ledger.Ledger;
import io.costattr.core.price.PriceBook;
import io.costattr.export.Sinks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Offers 10,000 entries a second to the ledger, which sends them to a collector, with a spool or
 * ({@code off}) without; with {@code away} the collector is not there before they were all made.
 * Prints {@code offered delivered doubled lost ledger spool sender bytes rate}: events; the CPU
 * time of each thread in microseconds for an event, while events come; the bytes of an event on
 * disk; and how many events a second came out of the spool.
 */
public final class SpoolLoad {
  private static final int PER_SECOND = 10_000;
  private static final int WARM_SECONDS = 5;
  private static final int SECONDS = 10;

  private SpoolLoad() {}

  public static void main(String[] arguments) throws Exception {
    boolean spooling = !arguments[0].equals("off");
    boolean away = arguments[0].equals("away");
    Path directory = Files.createTempDirectory("costattr-spool");
    int port = freePort();
    CountingCollector collector = away ? null : new CountingCollector(port);
    Ledger ledger = ledger(port, spooling ? directory.toString() : "off");
    PriceBook prices = PriceBook.builtIn();
    offer(ledger, prices, WARM_SECONDS);
    long[] before = cpuNanos();
    offer(ledger, prices, SECONDS);
    long[] after = cpuNanos();
    int offered = PER_SECOND * (WARM_SECONDS + SECONDS);
    long size = size(directory);
    long rate = 0;
    if (collector == null) {
      collector = new CountingCollector(port);
      rate = awaitReplay(collector, offered);
    }
    ledger.close(Duration.ofSeconds(30));
    System.out.printf(
        "%d %d %d %d %.1f %.1f %.1f %d %d%n",
        offered,
        collector.distinct(),
        collector.doubled(),
        ledger.stats().lost().get("otlp"),
        (after[0] - before[0]) / 1e3 / PER_SECOND / SECONDS,
        (after[1] - before[1]) / 1e3 / PER_SECOND / SECONDS,
        (after[2] - before[2]) / 1e3 / PER_SECOND / SECONDS,
        away ? size / offered : 0,
        rate);
    collector.close();
    delete(directory);
    System.exit(0);
  }

  private static Ledger ledger(int port, String spool) {
    Properties properties = new Properties();
    properties.setProperty("otel.exporter.otlp.endpoint", "http://localhost:" + port);
    properties.setProperty("otel.traces.exporter", "none");
    properties.setProperty("otel.metrics.exporter", "none");
    properties.setProperty("costattr.spool", spool);
    properties.setProperty("costattr.log", "off");
    Config config = ConfigReader.read(null, properties, Map.of());
    return Ledger.open(stats -> Sinks.open(config, stats), config);
  }

  /** In small bursts, as many threads would: one that spins would take a core of its own. */
  private static void offer(Ledger ledger, PriceBook prices, int seconds) {
    long start = System.nanoTime();
    for (int i = 0; i < PER_SECOND * seconds; i++) {
      long due = start + i * 1_000_000_000L / PER_SECOND;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(1_000_000);
      }
      ledger.offer(() -> SampleEvent.now(prices));
    }
    while (ledger.stats().queued() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** Of the ledger's thread, of the spool's, and of those that send. */
  private static long[] cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] nanos = new long[3];
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null) {
        int which =
            switch (thread.getThreadName()) {
              case "costattr-ledger" -> 0;
              case "costattr-spool" -> 1;
              case "costattr-events", "costattr-send" -> 2;
              default -> -1;
            };
        if (which >= 0) {
          nanos[which] += threads.getThreadCpuTime(thread.getThreadId());
        }
      }
    }
    return nanos;
  }

  /** Waits until all are there; how many a second came since the first one did. */
  private static long awaitReplay(CountingCollector collector, int all) {
    while (collector.distinct() == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    long start = System.nanoTime();
    long first = collector.distinct();
    while (collector.distinct() < all && System.nanoTime() - start < 120_000_000_000L) {
      LockSupport.parkNanos(1_000_000);
    }
    return (collector.distinct() - first) * 1_000_000_000L / (System.nanoTime() - start);
  }

  private static long size(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
