package io.costattr.benchmarks;

import com.openai.client.OpenAIClient;
import com.sun.management.ThreadMXBean;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Synchronous chat calls through openai-java, one after another. Prints {@code p50 p99 bytes}: the
 * latency of a call in microseconds, and what the calling thread allocates for it.
 */
public final class ChatCalls {
  private static final int WARM_UP = 30_000;
  private static final int MEASURED = 10_000;

  private ChatCalls() {}

  public static void main(String[] arguments) {
    OpenAIClient client = Clients.openAi(Integer.parseInt(arguments[0]));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] nanos = new long[MEASURED];
    try (Scope scope = AttributionContext.with(Payer.SUPPORT_CHAT)) {
      for (int i = 0; i < WARM_UP; i++) {
        client.chat().completions().create(Clients.CHAT);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < MEASURED; i++) {
        long start = System.nanoTime();
        client.chat().completions().create(Clients.CHAT);
        nanos[i] = System.nanoTime() - start;
      }
      long allocated = (threads.getCurrentThreadAllocatedBytes() - before) / MEASURED;
      Arrays.sort(nanos);
      System.out.printf(
          "%.1f %.1f %d%n", nanos[MEASURED / 2] / 1e3, nanos[MEASURED * 99 / 100] / 1e3, allocated);
    }
    client.close();
  }
}
