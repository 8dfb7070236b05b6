package io.costattr.benchmarks.transports;

import io.costattr.api.Attribution;
import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import java.util.Arrays;

/**
 * Calls and streams through one HTTP client, one after another. Prints {@code call first}: the
 * median latency of a chat call, and the median time to the first byte of a stream, in
 * microseconds.
 */
public final class Transports {
  private static final String CALL =
      "{\"model\":\"gpt-5.5\",\"messages\":[{\"role\":\"user\",\"content\":\"Where is my order?\"}]}";
  private static final String STREAM =
      "{\"model\":\"gpt-5.5\",\"stream\":true,\"messages\":"
          + "[{\"role\":\"user\",\"content\":\"Tell me a long story.\"}]}";
  private static final int CALLS = 10_000;
  private static final int WARM_UP_CALLS = 60_000;
  private static final int STREAMS = 3_000;
  private static final int WARM_UP_STREAMS = 15_000;

  private Transports() {}

  public static void main(String[] arguments) throws Exception {
    Transport transport = Transport.of(arguments[0]);
    String server = "http://127.0.0.1:" + arguments[1];
    Attribution who =
        Attribution.builder()
            .feature("support-chat")
            .route("/api/v1/chat/answer")
            .customerId("cust_4291")
            .team("growth")
            .environment("benchmark")
            .build();
    try (Scope scope = AttributionContext.with(who)) {
      double call = call(transport, server + "/v1/chat/completions");
      double first = first(transport, server + "/first/v1/chat/completions");
      System.out.printf("%.1f %.1f%n", call / 1e3, first / 1e3);
    }
    // Some clients leave threads that are no daemons.
    System.exit(0);
  }

  private static double call(Transport transport, String url) throws Exception {
    long[] nanos = new long[CALLS];
    for (int i = -WARM_UP_CALLS; i < CALLS; i++) {
      long start = System.nanoTime();
      transport.post(url, CALL);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
      }
    }
    return median(nanos);
  }

  private static double first(Transport transport, String url) throws Exception {
    long[] nanos = new long[STREAMS];
    for (int i = -WARM_UP_STREAMS; i < STREAMS; i++) {
      long first = transport.post(url, STREAM);
      if (i >= 0) {
        nanos[i] = first;
      }
    }
    return median(nanos);
  }

  private static double median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }
}
