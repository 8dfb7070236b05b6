package io.costattr.export.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.export.spool.SpoolFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The spool in the hands of real JVMs: several at once, killed ones, and a full disk. */
class SharedSpoolTest {
  private static final Pattern ID = Pattern.compile("\"event_id\":\"([^\"]+)\"");
  private static final String FOR_EVER = Long.toString(Long.MAX_VALUE);
  private static final int BATCH = 256;

  /** What the ledger's thread may have handed to the events file and not to the spool yet. */
  private static final int IN_BETWEEN = 2 * 512;

  @TempDir Path directory;
  private final List<Process> running = new ArrayList<>();
  private int programs;

  @AfterEach
  void end() {
    running.forEach(Process::destroyForcibly);
  }

  @Test
  void twoJvmsThatLiveSendTheirOwnAndNobodySendsTwice() throws Exception {
    int port = freePort();
    Program one = start(port, "one-", "2000");
    Program two = start(port, "two-", "2000");
    one.awaitLine("called");
    two.awaitLine("called");
    try (HttpReceiver http = new HttpReceiver(port)) {
      http.received().await(received -> received.events().size() >= 4_000);
      one.endWell();
      two.endWell();
      Map<String, Integer> times = times(http.received());
      assertThat(times).hasSize(4_000);
      assertThat(times.values()).containsOnly(1);
    }
    assertThat(segments()).isEmpty();
  }

  @Test
  void killedAtAnyTimeTheyLoseNothingThatTheSpoolHad() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int port = freePort();
    Received received = new Received();
    Set<String> spooled = new HashSet<>();
    int rounds = 4;
    for (int round = 0; round < rounds; round++) {
      try (HttpReceiver http = random.nextInt(3) == 0 ? null : new HttpReceiver(port, received)) {
        Program one = start(port, "a" + round + "-", FOR_EVER);
        Program two = start(port, "b" + round + "-", FOR_EVER);
        one.awaitEvents(1 + random.nextInt(800));
        if (http != null && random.nextBoolean()) {
          http.answers(random.nextBoolean() ? HttpReceiver.NOTHING : HttpReceiver.status(503));
        }
        two.awaitEvents(1 + random.nextInt(1_000));
        one.kill();
        spooled.addAll(SpoolFiles.needed(directory.resolve("spool")));
        two.awaitEvents(1_000 + random.nextInt(400));
        two.kill();
      }
      spooled.addAll(SpoolFiles.needed(directory.resolve("spool")));
    }
    try (HttpReceiver http = new HttpReceiver(port, received)) {
      Program last = start(port, "last-", "1");
      http.received()
          .await(
              got ->
                  got.events().size() >= spooled.size()
                      && times(got).keySet().containsAll(spooled));
      last.endWell();
    }
    Map<String, Integer> times = times(received);
    for (int program = 0; program < 2 * rounds; program++) {
      List<String> made = made(program);
      List<String> missing = new ArrayList<>(made);
      missing.removeAll(times.keySet());
      assertThat(missing)
          .as("events of program %d, seed %d", program, seed)
          .hasSizeLessThanOrEqualTo(IN_BETWEEN)
          .isEqualTo(made.subList(made.size() - missing.size(), made.size()));
    }
    // Twice comes at most what a JVM had sent and not noted when it was killed.
    long doubled = times.values().stream().mapToLong(count -> count - 1).sum();
    assertThat(doubled).as("seed %d", seed).isLessThanOrEqualTo(2L * rounds * BATCH);
    assertThat(segments()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void onAFullDiskEventsStayInMemoryAndTheRestIsCounted() throws Exception {
    Program full = startLimited(freePort(), "full-", "1000");
    full.awaitLine("called");
    full.endWell();
    assertThat(full.lines())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("connection refused"),
            line -> assertThat(line).contains("cannot be kept on disk", "File too large"),
            line -> assertThat(line).contains("the queue of 512 is full"),
            line -> assertThat(line).contains("1000 lost by otlp, of 1000 in all"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsNotWorthALineWhileTheCollectorTakes() throws Exception {
    try (HttpReceiver http = new HttpReceiver()) {
      Program full = startLimited(http.port(), "full-", "100");
      http.received().await(received -> received.events().size() >= 100);
      full.endWell();
      assertThat(times(http.received())).hasSize(100);
      assertThat(full.lines()).isEmpty();
    }
  }

  private Program start(int port, String prefix, String count) throws IOException {
    List<String> keys = List.of("events.file", directory.resolve("events" + programs++).toString());
    return new Program(command(port, prefix, count, keys));
  }

  /** No file of it can grow. */
  private Program startLimited(int port, String prefix, String count) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 0; exec \"$@\"", "sh"));
    command.addAll(command(port, prefix, count, List.of()));
    return new Program(command);
  }

  private List<String> command(int port, String prefix, String count, List<String> keys) {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("costattr.test.java", "java"),
                "-Xmx256m",
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SpoolingMain.class.getName(),
                prefix,
                count));
    command.addAll(
        List.of(
            "otel.exporter.otlp.endpoint",
            "http://localhost:" + port,
            "otel.traces.exporter",
            "none",
            "otel.metrics.exporter",
            "none",
            "otel.blrp.schedule.delay",
            "50",
            "otel.blrp.max.queue.size",
            Integer.toString(2 * BATCH),
            "otel.blrp.max.export.batch.size",
            Integer.toString(BATCH),
            "service",
            "shop",
            "spool",
            directory.resolve("spool").toString()));
    command.addAll(keys);
    return command;
  }

  /** The ids of the events that a program made and the ledger's thread saw, in order. */
  private List<String> made(int program) throws IOException {
    List<String> ids = new ArrayList<>();
    Path file = directory.resolve("events" + program);
    String text = Files.readString(file, StandardCharsets.UTF_8);
    text.lines()
        .forEach(
            line -> {
              Matcher matcher = ID.matcher(line);
              if (matcher.find()) {
                ids.add(matcher.group(1));
              }
            });
    return ids;
  }

  private static Map<String, Integer> times(Received received) {
    Map<String, Integer> times = new HashMap<>();
    received
        .events()
        .forEach(
            event ->
                times.merge(
                    String.valueOf(
                        Received.attributes(event.getAttributesList()).get("costattr.event.id")),
                    1,
                    Integer::sum));
    return times;
  }

  private Collection<Path> segments() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("spool"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A JVM of its own. */
  private final class Program {
    private final Process process;
    private final BufferedReader output;
    private final List<String> said = new ArrayList<>();
    private final Path events = directory.resolve("events" + (programs - 1));

    Program(List<String> command) throws IOException {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      running.add(process);
      output = process.inputReader(StandardCharsets.UTF_8);
    }

    void awaitLine(String awaited) throws IOException {
      String line;
      while ((line = output.readLine()) != null && !line.equals(awaited)) {
        said.add(line);
      }
      assertThat(line).as(said.toString()).isEqualTo(awaited);
    }

    /** Waits until the ledger's thread has seen so many. */
    void awaitEvents(long count) throws IOException {
      // A line has more than 1,000 bytes.
      while (!Files.exists(events) || Files.size(events) < count * 1_000) {
        assertThat(process.isAlive()).isTrue();
        LockSupport.parkNanos(1_000_000);
      }
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    void endWell() throws Exception {
      process.getOutputStream().close();
      awaitLine("done");
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** What the agent said. */
    List<String> lines() {
      return said.stream().filter(line -> line.startsWith("[costattr]")).toList();
    }
  }
}
