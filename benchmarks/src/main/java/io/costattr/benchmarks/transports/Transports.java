package io.costattr.benchmarks.transports;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares every HTTP client with the agent and without. For each, two warm JVMs take turns: a
 * slice of calls in the one, then in the other, so that a machine that is slower for a while is
 * slower for both. What is added is the median of the differences between neighbouring slices.
 *
 * <p>All that runs while it is measured is held to one core, if one is named: a client that waits
 * and the server then hand it to each other. Waking another core takes longer than the call on
 * virtual machines, and now twice, now five times as long. What the agent does on threads of its
 * own is paid on that core as well.
 */
public final class Transports {
  private static final int SLICES = 30;

  private Transports() {}

  /**
   * @param arguments the server's port, how many pairs of JVMs for each client, a core or {@code
   *     any}, the agent's options of the JVM as one argument, the clients
   */
  public static void main(String[] arguments) throws Exception {
    String port = arguments[0];
    int pairs = Integer.parseInt(arguments[1]);
    String core = arguments[2];
    List<String> agent = List.of(arguments[3].split(" "));
    System.out.printf(
        "%n### A chat call and the first byte of a stream through each HTTP client, %s%n%n",
        System.getProperty("java.version"));
    System.out.printf(
        "Medians of %d pairs of warm JVMs that take turns%s; %d slices of 1,000 calls and 200"
            + " streams each.%n%n",
        pairs, core.equals("any") ? "" : ", client and server on one core", SLICES);
    System.out.println(
        "| client | call µs, none | costattr | added | first byte µs, none | costattr | added |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String client : Arrays.asList(arguments).subList(4, arguments.length)) {
      List<Slices> all = new ArrayList<>();
      for (Side.Kind kind : Side.Kind.values()) {
        all.add(new Slices(kind));
      }
      for (int i = 0; i < pairs; i++) {
        try (Jvm none = new Jvm(client, port, List.of());
            Jvm costattr = new Jvm(client, port, agent)) {
          none.holdTo(core);
          costattr.holdTo(core);
          for (Slices slices : all) {
            slices.take(none, costattr);
          }
        }
      }
      System.out.printf("| %s | %s | %s |%n", client, all.get(0), all.get(1));
    }
  }

  /** The medians of neighbouring slices, in nanoseconds. */
  private static final class Slices {
    private final Side.Kind kind;
    private final List<Long> none = new ArrayList<>();
    private final List<Long> costattr = new ArrayList<>();
    private final List<Long> added = new ArrayList<>();

    Slices(Side.Kind kind) {
      this.kind = kind;
    }

    void take(Jvm withNone, Jvm withCostattr) throws IOException {
      for (int i = -1; i < SLICES; i++) {
        // Neither is always the second.
        boolean first = i % 2 == 0;
        long early = (first ? withNone : withCostattr).slice(kind);
        long late = (first ? withCostattr : withNone).slice(kind);
        if (i >= 0) {
          none.add(first ? early : late);
          costattr.add(first ? late : early);
          added.add(first ? late - early : early - late);
        }
      }
    }

    @Override
    public String toString() {
      return String.format("%.1f | %.1f | %.1f", median(none), median(costattr), median(added));
    }

    private static double median(List<Long> nanos) {
      long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
      return sorted[sorted.length / 2] / 1e3;
    }
  }

  /** A {@link Side} in a JVM of its own, warm. */
  private static final class Jvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    Jvm(String client, String port, List<String> options) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-Xmx512m");
      command.addAll(options);
      command.addAll(
          List.of(
              "-cp", System.getProperty("java.class.path"), Side.class.getName(), client, port));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      answers = process.inputReader();
      questions = process.outputWriter();
      try {
        answer();
      } catch (IOException | RuntimeException ended) {
        close();
        throw ended;
      }
    }

    void holdTo(String core) throws IOException, InterruptedException {
      if (core.equals("any")) {
        return;
      }
      Process taskset =
          new ProcessBuilder("taskset", "-a", "-c", "-p", core, Long.toString(process.pid()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (taskset.waitFor() != 0) {
        throw new IOException("taskset could not hold a JVM to core " + core);
      }
    }

    long slice(Side.Kind kind) throws IOException {
      questions.write(kind.name() + "\n");
      questions.flush();
      return Long.parseLong(answer());
    }

    private String answer() throws IOException {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("a JVM that was to be measured ended");
      }
      return line;
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
