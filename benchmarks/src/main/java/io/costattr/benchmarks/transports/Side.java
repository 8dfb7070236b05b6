package io.costattr.benchmarks.transports;

import io.costattr.api.AttributionContext;
import io.costattr.api.Scope;
import io.costattr.benchmarks.Payer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One of the JVMs that are compared: warms a client up until the compilers have nothing left to do,
 * prints a line, and then for each line {@code call} or {@code first} makes a slice of calls or
 * streams, one after another, and prints their median in nanoseconds: of a chat call, or of the
 * time to the first byte of a stream. Ends with its input.
 */
public final class Side {
  /** What the parent asks for. */
  enum Kind {
    CALL(
        1_000,
        "/v1/chat/completions",
        "/v1/chat/completions",
        "{\"model\":\"gpt-5.5\",\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"Where is my order?\"}]}"),
    FIRST(
        200,
        "/first/v1/chat/completions",
        "/begun/v1/chat/completions",
        "{\"model\":\"gpt-5.5\",\"stream\":true,\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"Tell me a long story.\"}]}");

    private final int slice;
    private final String path;
    private final String warmUpPath;
    private final String body;

    Kind(int slice, String path, String warmUpPath, String body) {
      this.slice = slice;
      this.path = path;
      this.warmUpPath = warmUpPath;
      this.body = body;
    }
  }

  private static final int WARM_UP_BATCH = 20_000;
  private static final int MOST_WARM_UP_BATCHES = 8;

  /** Of the compilers, in a batch of less than two seconds; below it they are done. */
  private static final long MOST_COMPILING_MS = 50;

  private final Transport transport;
  private final String server;

  private Side(Transport transport, String server) {
    this.transport = transport;
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    Side side = new Side(Transport.of(arguments[0]), "http://127.0.0.1:" + arguments[1]);
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (Scope scope = AttributionContext.with(Payer.SUPPORT_CHAT)) {
      for (Kind kind : Kind.values()) {
        side.warmUp(kind);
      }
      System.out.println("warm");
      for (String line = asked.readLine(); line != null; line = asked.readLine()) {
        System.out.println(side.slice(Kind.valueOf(line)));
      }
    }
    // Some clients leave threads that are no daemons.
    System.exit(0);
  }

  private void warmUp(Kind kind) throws Exception {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    for (int batch = 0; batch < MOST_WARM_UP_BATCHES; batch++) {
      long before = compilers.getTotalCompilationTime();
      for (int i = 0; i < WARM_UP_BATCH; i++) {
        transport.post(server + kind.warmUpPath, kind.body);
      }
      if (compilers.getTotalCompilationTime() - before < MOST_COMPILING_MS) {
        return;
      }
    }
  }

  private long slice(Kind kind) throws Exception {
    long[] nanos = new long[kind.slice];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      long first = transport.post(server + kind.path, kind.body);
      nanos[i] = kind == Kind.FIRST ? first : System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }
}
