package io.costattr.benchmarks;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a gigabyte of events and prints {@code kB MB/s}: how much more the heap holds near the end
 * of the stream, while it is open, than near its beginning, and the throughput.
 */
final class Retained {
  private static final long EARLY = 16L << 20;
  private static final long LATE = (1L << 30) - (16L << 20);

  private Retained() {}

  static void measure(Streams.Client client) throws IOException, InterruptedException {
    byte[] buffer = new byte[1 << 14];
    try (InputStream in = client.open()) {
      long read = skip(in, buffer, EARLY);
      long early = used();
      long start = System.nanoTime();
      long more = skip(in, buffer, LATE - read);
      double seconds = (System.nanoTime() - start) / 1e9;
      long late = used();
      skip(in, buffer, Long.MAX_VALUE);
      System.out.printf("%d %.0f%n", Math.max(0, late - early) / 1024, more / 1e6 / seconds);
    }
  }

  private static long skip(InputStream in, byte[] buffer, long count) throws IOException {
    long read = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      read += n;
      if (read >= count) {
        break;
      }
    }
    return read;
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    // The least of several: what a collection did not catch is no retention.
    for (int i = 0; i < 5; i++) {
      runtime.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
