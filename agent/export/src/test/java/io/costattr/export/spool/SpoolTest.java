package io.costattr.export.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.costattr.export.Said;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events on disk, over the lives of several JVMs, of which each is a spool here. */
class SpoolTest {
  private static final long ROOM = 64L * 1024 * 1024;
  private static final byte[] ORIGIN = "origin".getBytes(UTF_8);

  @TempDir Path directory;

  @Test
  void whatWasNotForgottenIsThereForTheNext() throws Exception {
    Spool first = open();
    List<Place> places = append(first, 0, 10);
    first.forget(places.subList(0, 3));
    first.forget(places.subList(7, 9));
    assertThat(first.events()).isEqualTo(5);
    first.close();

    Spool second = open();
    assertThat(all(second)).containsExactly("e3", "e4", "e5", "e6", "e9");
    assertThat(second.events()).isEqualTo(5);
    assertThat(second.dropped()).isZero();
  }

  @Test
  void whatIsForgottenLeavesNoFile() throws Exception {
    Spool spool = open();
    spool.forget(append(spool, 0, 10));
    assertThat(spool.events()).isZero();
    spool.close();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aFileInWhichNothingIsNeededDoesNotGrow() throws Exception {
    Spool spool = open();
    spool.forget(append(spool, 0, 10));
    long size = Files.size(files().get(0));
    for (int i = 1; i < 10; i++) {
      spool.forget(append(spool, i * 10, i * 10 + 10));
    }
    assertThat(files()).hasSize(1);
    assertThat(Files.size(files().get(0))).isEqualTo(size);
  }

  @Test
  void whatSomebodyHoldsInMemoryIsNotToldOfButWhatIsOwedIs() throws Exception {
    Spool spool = open();
    List<Place> places = append(spool, 0, 10);
    assertThat(spool.next(100)).isEmpty();
    places.subList(2, 5).forEach(spool::owe);
    assertThat(spool.owes()).isTrue();
    assertThat(all(spool)).containsExactly("e2", "e3", "e4");
    assertThat(spool.owes()).isFalse();
    // It goes on behind what was read.
    append(spool, 10, 12).forEach(spool::owe);
    assertThat(all(spool)).containsExactly("e10", "e11");
  }

  @Test
  void whatIsToldOfComesInPortionsAndOnlyOnce() throws Exception {
    Spool spool = open();
    append(spool, 0, 10).forEach(spool::owe);
    assertThat(texts(spool.next(4))).containsExactly("e0", "e1", "e2", "e3");
    assertThat(texts(spool.next(4))).containsExactly("e4", "e5", "e6", "e7");
    assertThat(texts(spool.next(4))).containsExactly("e8", "e9");
    assertThat(spool.next(4)).isEmpty();
    assertThat(spool.events()).isEqualTo(10);
  }

  @Test
  void whatIsWrittenWhileItTellsIsToldOfToo() throws Exception {
    Spool spool = open();
    append(spool, 0, 3).forEach(spool::owe);
    assertThat(texts(spool.next(1))).containsExactly("e0");
    append(spool, 3, 5).forEach(spool::owe);
    assertThat(all(spool)).containsExactly("e1", "e2", "e3", "e4");
    assertThat(spool.dropped()).isZero();
  }

  @Test
  void whatWasToldOfButNotForgottenIsToldOfAgainByTheNext() throws Exception {
    Spool first = open();
    append(first, 0, 4).forEach(first::owe);
    List<Kept> told = first.next(2);
    first.forget(List.of(told.get(0).place()));
    first.close();
    assertThat(all(open())).containsExactly("e1", "e2", "e3");
  }

  @Test
  void aFileIsTakenOverByOneOnly() throws Exception {
    Spool dead = open();
    append(dead, 0, 5);
    dead.close();
    Spool one = open();
    Spool other = open();
    assertThat(all(one)).hasSize(5);
    assertThat(other.next(100)).isEmpty();
    one.close();
    assertThat(all(other)).hasSize(5);
  }

  @Test
  void whoeverTakesOverAndDiesToo() throws Exception {
    Spool first = open();
    append(first, 0, 6);
    first.close();
    Spool second = open();
    List<Kept> told = second.next(4);
    second.forget(List.of(told.get(1).place(), told.get(3).place()));
    second.close();
    Spool third = open();
    assertThat(all(third)).containsExactly("e0", "e2", "e4", "e5");
  }

  @Test
  void theOriginIsThatOfEachEvent() throws Exception {
    Spool first = open();
    first.append("here".getBytes(UTF_8), bytes(0, 2), new ArrayList<>());
    first.append("there".getBytes(UTF_8), bytes(2, 3), new ArrayList<>());
    first.close();
    Spool second = open();
    List<String> told = new ArrayList<>();
    for (List<Kept> next = second.next(9); !next.isEmpty(); next = second.next(9)) {
      next.forEach(
          kept -> told.add(new String(kept.origin(), UTF_8) + new String(kept.bytes(), UTF_8)));
    }
    assertThat(told).containsExactlyInAnyOrder("heree0", "heree1", "theree2");
  }

  @Test
  void halfAnEventAtTheEndIsNone() throws Exception {
    Spool first = open();
    append(first, 0, 3);
    first.close();
    byte[] whole = Files.readAllBytes(files().get(0));
    Path file = files().get(0);
    try (Said said = new Said()) {
      for (int length = whole.length - 1; length > 0; length--) {
        Files.createDirectories(file.getParent());
        Files.write(file, Arrays.copyOf(whole, length));
        Spool next = open();
        List<String> told = all(next);
        assertThat(told).isEqualTo(List.of("e0", "e1", "e2").subList(0, told.size()));
        assertThat(told.size()).isLessThan(3);
        assertEndsInAFrame(file);
        // What is written behind it can be read.
        append(next, 7, 8).forEach(next::owe);
        assertThat(all(next)).containsExactly("e7");
        next.close();
        for (Path left : files()) {
          Files.delete(left);
        }
      }
      assertThat(said.lines()).isEmpty();
    }
  }

  @Test
  void whereBytesAreDamagedTheEventsAroundAreThere() throws Exception {
    Spool first = open();
    append(first, 0, 8);
    first.close();
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(7);
    int aside = 0;
    for (int at = Contents.HEADER.length; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 + random.nextInt(255));
      Files.createDirectories(file.getParent());
      Files.write(file, damaged);
      try (Said said = new Said()) {
        Spool next = open();
        List<Kept> told = next.next(100);
        assertThat(texts(told)).isSubsetOf("e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7");
        if (!told.isEmpty()) {
          assertThat(told.size() + next.dropped()).isBetween(7L, 8L);
          assertThat(told).hasSizeGreaterThanOrEqualTo(7);
          next.forget(told.stream().map(Kept::place).toList());
        }
        next.close();
        for (Path left : files()) {
          aside += left.toString().endsWith(SetAside.SUFFIX) ? 1 : 0;
          Files.delete(left);
        }
        assertThat(said.lines()).hasSizeLessThanOrEqualTo(1);
      }
    }
    assertThat(aside).isGreaterThan(whole.length / 2);
  }

  @Test
  void otherFilesAreLeftAlone() throws Exception {
    Files.createDirectories(directory.resolve("shop"));
    Path notes = directory.resolve("shop/notes.txt");
    Path newer = directory.resolve("shop/0000000000001-00000000.events");
    Path noise = directory.resolve("shop/0000000000002-00000000.events");
    Path empty = directory.resolve("shop/0000000000003-00000000.events");
    Path folder = directory.resolve("shop/0000000000004-00000000.events");
    Files.writeString(notes, "mine");
    Files.writeString(newer, "costattr2 and whatever that means");
    byte[] random = new byte[10_000];
    new Random(1).nextBytes(random);
    Files.write(noise, random);
    Files.createFile(empty);
    Files.createDirectories(folder);
    try (Said said = new Said()) {
      Spool spool = open();
      assertThat(spool.next(100)).isEmpty();
      append(spool, 0, 3).forEach(spool::owe);
      assertThat(all(spool)).hasSize(3);
      spool.close();
      assertThat(said.lines())
          .satisfiesExactlyInAnyOrder(
              line -> assertThat(line).contains("another version"),
              line -> assertThat(line).contains("damaged", "0000000000002-00000000.corrupt"));
    }
    assertThat(notes).hasContent("mine");
    assertThat(newer).content().startsWith("costattr2");
    assertThat(directory.resolve("shop/0000000000002-00000000.corrupt")).hasBinaryContent(random);
    assertThat(empty).doesNotExist();
    assertThat(folder).isDirectory();
  }

  @Test
  void theOldestIsDroppedWhenThereIsNoMoreRoom() throws Exception {
    try (Said said = new Said()) {
      long room = 256 * 1024;
      Spool dead = open(room);
      append(dead, 0, 100);
      dead.close();
      Spool spool = open(room);
      byte[] event = new byte[1_000];
      for (int i = 0; i < 1_000; i++) {
        List<Place> place = new ArrayList<>();
        spool.append(ORIGIN, List.of(event), place);
        place.forEach(spool::owe);
        assertThat(size()).isLessThanOrEqualTo(room);
      }
      assertThat(spool.dropped()).isGreaterThan(700 + 100);
      assertThat(spool.events() + spool.dropped()).isEqualTo(1_100);
      assertThat(all(spool)).hasSize((int) spool.events()).doesNotContain("e0");
      assertThat(said.lines())
          .singleElement()
          .asString()
          .contains("is full (256 KB, costattr.spool.max.bytes)");
    }
  }

  @Test
  void whatIsHeldInMemoryIsNotLostWithItsFile() throws Exception {
    Spool spool = open(128 * 1024);
    List<Place> first = append(spool, 0, 1);
    byte[] event = new byte[1_000];
    for (int i = 0; i < 300; i++) {
      spool.append(ORIGIN, List.of(event), new ArrayList<>());
    }
    assertThat(spool.dropped()).isZero();
    assertThat(first.get(0).isKept()).isFalse();
  }

  @Test
  void anEventBiggerThanASegmentHasOneOfItsOwn() throws Exception {
    Spool spool = open(256 * 1024);
    byte[] big = new byte[100_000];
    List<Place> places = new ArrayList<>();
    spool.append(ORIGIN, List.of(new byte[10], big, new byte[10]), places);
    places.forEach(spool::owe);
    assertThat(spool.next(9)).hasSize(1);
    assertThat(spool.next(9).get(0).bytes()).hasSize(100_000);
    assertThat(spool.next(9)).hasSize(1);
  }

  @Test
  void nobodyElseCanReadIt() throws Exception {
    Spool spool = open();
    append(spool, 0, 1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spool.directory())))
        .isEqualTo("rwx------");
  }

  @Test
  void aFileThatSomebodyRemovesIsMissed() throws Exception {
    Spool spool = open();
    List<Place> places = append(spool, 0, 1);
    Files.delete(files().get(0));
    append(spool, 1, 2).forEach(spool::owe);
    assertThat(places.get(0).isKept()).isFalse();
    assertThat(all(spool)).containsExactly("e1");
  }

  @Test
  void theDirectoryIsMadeAgainWhenSomebodyRemovesIt() throws Exception {
    Spool spool = open();
    append(spool, 0, 1);
    Files.delete(files().get(0));
    Files.delete(spool.directory());
    append(spool, 1, 2).forEach(spool::owe);
    assertThat(all(spool)).containsExactly("e1");
  }

  @Test
  void aFileForADirectoryIsRefused() throws Exception {
    Files.writeString(directory.resolve("file"), "x");
    assertThatThrownBy(
            () -> Spool.open(List.of(new Home(directory.resolve("file"), false)), "shop", ROOM))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is not a directory");
  }

  @Test
  void aPublicDirectoryThatOthersCanWriteIsRefusedAndTheNextIsUsed() throws Exception {
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path own = directory.resolve("own");
    Spool spool = Spool.open(List.of(new Home(open, true), new Home(own, true)), "shop", ROOM);
    assertThat(spool.directory()).isEqualTo(own.resolve("shop").toRealPath());
    Path link = Files.createSymbolicLink(directory.resolve("link"), own);
    assertThatThrownBy(() -> Spool.open(List.of(new Home(open, true)), "shop", ROOM))
        .hasMessageContaining("open to other users");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aFullDiskLosesNothingThatWasWritten() throws Exception {
    // Any place that cannot be written to will do: here the file is closed under it.
    Spool spool = open();
    List<Place> places = append(spool, 0, 2);
    places.get(0).segment().leave();
    assertThatThrownBy(() -> append(spool, 2, 3)).isInstanceOf(IOException.class);
    append(spool, 3, 4);
    spool.close();
    // Segments of one millisecond are in any order.
    assertThat(all(open())).containsExactlyInAnyOrder("e0", "e1", "e3");
  }

  private static void assertEndsInAFrame(Path file) throws IOException {
    if (Files.exists(file)) {
      byte[] bytes = Files.readAllBytes(file);
      assertThat(Contents.of(ByteBuffer.wrap(bytes)).end()).isEqualTo(bytes.length);
    }
  }

  private Spool open() throws IOException {
    return open(ROOM);
  }

  private Spool open(long room) throws IOException {
    return Spool.open(List.of(new Home(directory, false)), "shop", room);
  }

  private static List<Place> append(Spool spool, int from, int to) throws IOException {
    List<Place> places = new ArrayList<>();
    spool.append(ORIGIN, bytes(from, to), places);
    assertThat(places).hasSize(to - from);
    return places;
  }

  private static List<byte[]> bytes(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> ("e" + i).getBytes(UTF_8)).toList();
  }

  private static List<String> all(Spool spool) {
    List<String> all = new ArrayList<>();
    for (List<Kept> next = spool.next(100); !next.isEmpty(); next = spool.next(100)) {
      all.addAll(texts(next));
    }
    return all;
  }

  private static List<String> texts(List<Kept> kept) {
    return kept.stream().map(one -> new String(one.bytes(), UTF_8)).toList();
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(directory.resolve("shop"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory.resolve("shop"))) {
      return files.sorted().toList();
    }
  }

  private long size() throws IOException {
    long size = 0;
    for (Path file : files()) {
      size += Files.size(file);
    }
    return size;
  }
}
