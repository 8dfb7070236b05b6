package io.costattr.export.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The events file in the hands of real JVMs: several at once, and killed ones. */
class SharedEventsFileTest {
  private static final Pattern ID = Pattern.compile("\"event_id\":\"([^\"]+)\"");
  private static final int COUNT = 20_000;

  @TempDir Path directory;

  @Test
  void twoJvmsWriteOneFileAndRotateItWithoutLosingOrTearingALine() throws Exception {
    Path file = directory.resolve("events.jsonl");
    Process one = writer("one-", COUNT, file, 1_000_000, 1000, directory.resolve("one.out"));
    Process two = writer("two-", COUNT, file, 1_000_000, 1000, directory.resolve("two.out"));
    awaitEnd(one);
    awaitEnd(two);
    List<String> ids = new ArrayList<>();
    List<Path> files = eventFiles();
    for (Path part : files) {
      assertThat(Files.size(part)).isLessThanOrEqualTo(1_000_000);
      ids.addAll(ids(part));
    }
    assertThat(files).hasSizeGreaterThan(20);
    assertThat(ids.stream().filter(id -> id.startsWith("one-")).sorted())
        .containsExactlyElementsOf(expected("one-", COUNT));
    assertThat(ids.stream().filter(id -> id.startsWith("two-")).sorted())
        .containsExactlyElementsOf(expected("two-", COUNT));
    assertThat(directory.resolve("one.out")).hasContent("done");
    assertThat(directory.resolve("two.out")).hasContent("done");
  }

  @Test
  void killedJvmLeavesWholeLinesInOrderAndTheNextOneGoesOn() throws Exception {
    Path file = directory.resolve("events.jsonl");
    Process killed =
        writer("k-", Long.MAX_VALUE, file, Long.MAX_VALUE, 1, directory.resolve("killed.out"));
    while (!Files.exists(file) || Files.size(file) < 3_000_000) {
      assertThat(killed.isAlive()).isTrue();
      LockSupport.parkNanos(1_000_000);
    }
    killed.destroyForcibly();
    awaitEnd(killed);
    List<String> lines = Files.readAllLines(file);
    boolean torn = !lines.get(lines.size() - 1).endsWith("}");
    int whole = torn ? lines.size() - 1 : lines.size();

    awaitEnd(writer("n-", 10, file, Long.MAX_VALUE, 1, directory.resolve("next.out")));
    List<String> after = Files.readAllLines(file);
    assertThat(after).hasSize(lines.size() + 10);
    assertThat(after.subList(0, lines.size())).isEqualTo(lines);
    for (int i = 0; i < whole; i++) {
      assertThat(lines.get(i)).endsWith("}").contains("\"event_id\":\"k-" + i + "\"");
    }
    for (int i = 0; i < 10; i++) {
      assertThat(after.get(lines.size() + i)).contains("\"event_id\":\"n-" + i + "\"");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatMayNotGrowEndsInAWholeLineAndTheRestIsReported() throws Exception {
    Path file = directory.resolve("events.jsonl");
    Path output = directory.resolve("full.out");
    Process limited =
        start(
            output,
            Stream.concat(
                    // 100,000 bytes or 200,000: a block is 512 or 1024 bytes by the shell's mood.
                    Stream.of("sh", "-c", "ulimit -f 195; exec \"$@\"", "sh"),
                    command("f-", 1000, file, Long.MAX_VALUE, 1).stream())
                .toList());
    awaitEnd(limited);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSizeBetween(20, 900).allMatch(line -> line.endsWith("}"));
    assertThat(ids(file))
        .containsExactlyElementsOf(
            IntStream.range(0, lines.size()).mapToObj(i -> "f-" + i).toList());
    assertThat(Files.readAllLines(output))
        .satisfiesExactly(
            line -> assertThat(line).contains("cannot write the events file", "File too large"),
            line ->
                assertThat(line)
                    .contains(1000 - lines.size() + " lost by events file, of 1000 in all"),
            line -> assertThat(line).isEqualTo("done"));
  }

  private Process writer(String prefix, long count, Path file, long maxBytes, int keep, Path output)
      throws IOException {
    return start(output, command(prefix, count, file, maxBytes, keep));
  }

  private static Process start(Path output, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private static List<String> command(
      String prefix, long count, Path file, long maxBytes, int keep) {
    return List.of(
        System.getProperty("costattr.test.java", "java"),
        "-Xmx256m",
        "-XX:-UsePerfData",
        "-cp",
        System.getProperty("java.class.path"),
        WriterMain.class.getName(),
        prefix,
        Long.toString(count),
        file.toString(),
        Long.toString(maxBytes),
        Integer.toString(keep));
  }

  private static void awaitEnd(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private List<Path> eventFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(path -> path.getFileName().toString().startsWith("events.jsonl"))
          .toList();
    }
  }

  private static List<String> ids(Path file) throws IOException {
    List<String> ids = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Matcher matcher = ID.matcher(line);
      assertThat(line).startsWith("{").endsWith("}");
      assertThat(matcher.find()).isTrue();
      ids.add(Objects.requireNonNull(matcher.group(1)));
    }
    return ids;
  }

  private static List<String> expected(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).sorted().toList();
  }
}
