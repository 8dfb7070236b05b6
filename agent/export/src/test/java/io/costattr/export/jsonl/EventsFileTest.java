package io.costattr.export.jsonl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.export.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EventsFileTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  @TempDir Path directory;
  private final Said said = new Said();

  @AfterEach
  void restore() {
    said.close();
  }

  @Test
  void createsItsDirectoriesAndAppends() throws Exception {
    Path path = directory.resolve("a/b/events.jsonl");
    for (int run = 0; run < 2; run++) {
      EventsFile file = file(path, NO_LIMIT, 10);
      write(file, "run " + run);
      file.close();
    }
    assertThat(path).hasContent("run 0\nrun 1\n");
    assertThat(said.lines()).isEmpty();
  }

  @Test
  void handsLinesToTheOperatingSystemAtOnce() throws Exception {
    Path path = directory.resolve("events.jsonl");
    EventsFile file = file(path, NO_LIMIT, 10);
    write(file, "one");
    assertThat(path).hasContent("one\n");
    write(file, "two");
    assertThat(path).hasContent("one\ntwo\n");
    file.close();
  }

  @Test
  void completesALineThatACrashLeftTorn() throws Exception {
    Path path = directory.resolve("events.jsonl");
    Files.writeString(path, "whole\nhal");
    EventsFile file = file(path, NO_LIMIT, 10);
    write(file, "next", "after");
    assertThat(path).hasContent("whole\nhal\nnext\nafter\n");
    Files.writeString(path, "whole\nhalf again");
    write(file, "next");
    file.close();
    assertThat(path).hasContent("whole\nhalf again\nnext\n");
  }

  @Test
  void rotatesBySizeAndKeepsTheNewest() throws Exception {
    Path path = directory.resolve("events.jsonl");
    EventsFile file = file(path, 10, 2);
    write(file, "1111", "2222", "3333", "4444", "5555", "6666", "7777");
    file.close();
    assertThat(path).hasContent("7777\n");
    assertThat(directory.resolve("events.jsonl.1")).hasContent("5555\n6666\n");
    assertThat(directory.resolve("events.jsonl.2")).hasContent("3333\n4444\n");
    assertThat(directory.resolve("events.jsonl.3")).doesNotExist();
  }

  @Test
  void aLineLongerThanTheMaximumIsStillWrittenWhole() throws Exception {
    Path path = directory.resolve("events.jsonl");
    EventsFile file = file(path, 10, 5);
    write(file, "a", "0123456789abcdef", "b");
    file.close();
    assertThat(path).hasContent("b\n");
    assertThat(directory.resolve("events.jsonl.1")).hasContent("0123456789abcdef\n");
    assertThat(directory.resolve("events.jsonl.2")).hasContent("a\n");
  }

  @Test
  void keepingNoneBeginsAnew() throws Exception {
    Path path = directory.resolve("events.jsonl");
    EventsFile file = file(path, 10, 0);
    write(file, "1111", "2222", "3333");
    file.close();
    assertThat(path).hasContent("3333\n");
    assertThat(directory.resolve("events.jsonl.1")).doesNotExist();
  }

  @Test
  void followsThePathWhenTheFileIsMovedOrRemoved() throws Exception {
    Path path = directory.resolve("events.jsonl");
    EventsFile file = file(path, NO_LIMIT, 10);
    write(file, "one");
    Files.move(path, directory.resolve("moved"));
    write(file, "two");
    assertThat(path).hasContent("two\n");
    Files.delete(path);
    write(file, "three");
    assertThat(path).hasContent("three\n");
    file.close();
  }

  @Test
  void saysOnceWhyItCannotWriteKeepsTheLinesAndWritesThemInOrderWhenItCan() throws Exception {
    Path blocker = directory.resolve("events");
    Files.writeString(blocker, "in the way");
    Path path = blocker.resolve("events.jsonl");
    EventsFile file = file(path, NO_LIMIT, 10);
    write(file, "one");
    write(file, "two");
    assertThat(said.lines())
        .singleElement()
        .asString()
        .contains("cannot write the events file " + path, blocker + " is not a directory");
    Files.delete(blocker);
    write(file, "three");
    file.close();
    assertThat(path).hasContent("one\ntwo\nthree\n");
    assertThat(said.lines()).hasSize(2).last().asString().contains("can be written again; 0 entr");
    assertThat(file.lost()).isZero();
  }

  @Test
  void countsWhatItCannotKeep() throws Exception {
    EventsFile file = new EventsFile(directory, NO_LIMIT, 10, 10, 0);
    write(file, "1111", "2222", "3333");
    assertThat(file.lost()).isEqualTo(1);
    file.close();
    assertThat(file.lost()).isEqualTo(3);
    assertThat(said.lines()).singleElement().asString().contains("Is a directory");
  }

  @Test
  void afterAFailureItWaitsBeforeItTriesAgain() throws Exception {
    Path blocker = directory.resolve("events");
    Files.writeString(blocker, "in the way");
    Path path = blocker.resolve("events.jsonl");
    EventsFile file = new EventsFile(path, NO_LIMIT, 10, 1000, Long.MAX_VALUE / 2);
    write(file, "one");
    Files.delete(blocker);
    write(file, "two");
    assertThat(path).doesNotExist();
    file.close();
    assertThat(path).hasContent("one\ntwo\n");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDeviceIsNamedAndWhatWasForItIsCounted() throws Exception {
    EventsFile file = file(Path.of("/dev/full"), NO_LIMIT, 10);
    write(file, "one", "two");
    write(file, "three");
    file.close();
    assertThat(said.lines())
        .singleElement()
        .asString()
        .contains("/dev/full (costattr.events.file): No space left on device");
    assertThat(file.lost()).isEqualTo(3);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeThatNobodyReadsIsRefusedInsteadOfWaitingForAReader() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    EventsFile file = file(pipe, NO_LIMIT, 10);
    write(file, "one");
    file.close();
    assertThat(said.lines()).singleElement().asString().contains(pipe + " ", "it is a pipe");
  }

  @Test
  void manyLinesGoInOrderInFewWrites() throws Exception {
    Path path = directory.resolve("events.jsonl");
    EventsFile file = file(path, NO_LIMIT, 10);
    String[] lines = IntStream.range(0, 50_000).mapToObj(i -> "line " + i).toArray(String[]::new);
    write(file, lines);
    file.close();
    assertThat(Files.readAllLines(path)).containsExactly(lines);
  }

  private static EventsFile file(Path path, long maxBytes, long keep) {
    return new EventsFile(path, maxBytes, keep, 1 << 20, 0);
  }

  private static void write(EventsFile file, String... lines) throws IOException {
    for (String line : lines) {
      file.add((line + '\n').getBytes(UTF_8));
    }
    file.write();
  }
}
