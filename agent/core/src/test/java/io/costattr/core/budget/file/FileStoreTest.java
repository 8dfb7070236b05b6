package io.costattr.core.budget.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.budget.Account;
import io.costattr.core.budget.BudgetStore.Batch;
import io.costattr.core.budget.BudgetStore.Grant;
import io.costattr.core.budget.BudgetStore.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
  private static final long SLOT = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
  private static final long END = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();

  private final AtomicLong now =
      new AtomicLong(Instant.parse("2026-11-23T10:00:00Z").toEpochMilli());
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
  private final AtomicLong number = new AtomicLong();
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(before);
  }

  private Path file() {
    return directory.resolve("deep/er/budgets.log");
  }

  private FileStore store() {
    return FileStore.at(file(), clock);
  }

  private static Account account(String value) {
    return new Account("customers/usd/month,UTC/customer_id", value, SLOT, SLOT, 0, END);
  }

  private long spend(FileStore store, String value, long amount) {
    return exchange(store, account(value), amount).spent();
  }

  private Grant exchange(FileStore store, Account account, long amount) {
    Line line = new Line(account, 100, amount, 0, 0);
    return store.exchange(new Batch("jvm", number.incrementAndGet(), List.of(line))).get(0);
  }

  @Test
  void whatWasSpentIsThereWhenTheNextJvmAsks() {
    FileStore first = store();
    assertThat(spend(first, "acme", 5)).isEqualTo(5);
    assertThat(spend(first, "acme", 7)).isEqualTo(12);
    assertThat(spend(first, "beta", 1)).isEqualTo(1);
    // It is not closed.
    FileStore second = store();
    assertThat(second.now(account("acme"))).isNull();
    second.exchange(new Batch("jvm", 1, List.of()));
    assertThat(second.now(account("acme"))).isNotNull().extracting(Grant::spent).isEqualTo(12L);
    assertThat(second.now(account("nobody"))).isNotNull().extracting(Grant::spent).isEqualTo(0L);
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  @Test
  void saysWhatWasSpentByValueWhateverAValueIsCalled() throws IOException {
    String odd = "acme ltd/+%\n\u00e4";
    String longOne = "x".repeat(4096);
    FileStore store = store();
    spend(store, odd, 5);
    spend(store, odd, 2);
    spend(store, longOne, 3);
    spend(store, "", 1);
    Account earlier =
        new Account(
            "customers/usd/month,UTC/customer_id", "acme", SLOT - 1000, SLOT - 1000, 0, SLOT);
    exchange(store, earlier, 9);
    exchange(store, new Account("other", "acme", SLOT, SLOT, 0, END), 11);
    Map<String, Long> spent = store.spent("customers/usd/month,UTC/customer_id", SLOT);
    assertThat(spent).containsEntry(odd, 7L).containsEntry("", 1L).hasSize(3);
    assertThat(spent.keySet()).anyMatch(name -> name.startsWith("x".repeat(64)));
  }

  @Test
  void whatIsForgottenIsNotSpentForAnybody() throws IOException {
    FileStore one = store();
    FileStore other = store();
    spend(one, "acme", 60);
    spend(other, "acme", 30);
    spend(one, "beta", 5);
    other.forget(account("acme"));
    assertThat(spend(one, "acme", 2)).isEqualTo(2);
    assertThat(spend(other, "beta", 0)).isEqualTo(5);
    Account rolling = new Account("rolling", "", SLOT, SLOT + 3000, 1000, END);
    exchange(one, new Account("rolling", "", SLOT, SLOT + 1000, 1000, END), 8);
    exchange(one, rolling, 4);
    other.forget(rolling);
    assertThat(exchange(one, rolling, 1).spent()).isEqualTo(1);
    Account later = new Account("rolling", "", SLOT + 2000, SLOT + 5000, 1000, END);
    assertThat(exchange(one, later, 0).spent()).isEqualTo(1);
  }

  @Test
  void jvmsHearOfEachOther() {
    FileStore one = store();
    FileStore other = store();
    spend(one, "acme", 5);
    assertThat(spend(other, "acme", 7)).isEqualTo(12);
    assertThat(spend(one, "acme", 0)).isEqualTo(12);
    assertThat(spend(one, "acme", 1)).isEqualTo(13);
    assertThat(spend(other, "acme", 0)).isEqualTo(13);
  }

  @Test
  void aBatchThatComesAgainIsCountedOnce() {
    FileStore store = store();
    Batch batch = new Batch("jvm", 1, List.of(new Line(account("acme"), 100, 5, 0, 0)));
    assertThat(store.exchange(batch).get(0).spent()).isEqualTo(5);
    assertThat(store.exchange(batch).get(0).spent()).isEqualTo(5);
  }

  @Test
  void namesMayHaveAnyCharactersAndAnyLength() {
    List<String> names =
        List.of("", " ", "%-", "a b", "a%20b", "a\nb", "ü€😀", "~x", "\u0000", "x".repeat(4096));
    FileStore store = store();
    for (int i = 0; i < names.size(); i++) {
      assertThat(spend(store, names.get(i), i + 1)).as(names.get(i)).isEqualTo(i + 1);
    }
    FileStore next = store();
    for (int i = 0; i < names.size(); i++) {
      assertThat(spend(next, names.get(i), 0)).as(names.get(i)).isEqualTo(i + 1);
    }
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  @Test
  void aRollingWindowIsTheSumOfItsSlots() {
    FileStore store = store();
    long minute = 60_000;
    for (int i = 0; i < 5; i++) {
      long slot = SLOT + i * minute;
      exchange(store, new Account("r", "", slot - 2 * minute, slot, minute, slot + 3 * minute), 1);
    }
    long last = SLOT + 4 * minute;
    Account all = new Account("r", "", last - 2 * minute, last, minute, last + 3 * minute);
    assertThat(store.now(all)).isNotNull().extracting(Grant::spent).isEqualTo(3L);
  }

  @Test
  void aLineThatWasCutDoesNotCountAndHarmsNoOther() throws IOException {
    FileStore store = store();
    spend(store, "acme", 5);
    spend(store, "beta", 123_456);
    byte[] all = Files.readAllBytes(file());
    for (int cut = 1; cut < 20; cut++) {
      Files.write(file(), Arrays.copyOf(all, all.length - cut));
      FileStore next = store();
      assertThat(spend(next, "acme", 1)).as("cut by " + cut).isEqualTo(6);
      assertThat(spend(next, "beta", 0)).as("cut by " + cut).isZero();
      FileStore after = store();
      assertThat(spend(after, "acme", 0)).as("cut by " + cut).isEqualTo(6);
      after.close(Duration.ZERO);
    }
    assertThat(said.toString(UTF_8).lines()).hasSize(1);
    assertThat(said.toString(UTF_8)).contains("has a damaged line, which does not count");
  }

  @Test
  void aFileOfSomethingElseIsLeftAloneAndThisJvmCountsOn() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "do not touch\n");
    FileStore store = store();
    assertThat(spend(store, "acme", 5)).isEqualTo(5);
    assertThat(spend(store, "acme", 5)).isEqualTo(10);
    assertThat(store.now(account("acme"))).isNotNull().extracting(Grant::spent).isEqualTo(10L);
    assertThat(Files.readString(file())).isEqualTo("do not touch\n");
    assertThat(said.toString(UTF_8).lines()).hasSize(1);
    assertThat(said.toString(UTF_8))
        .contains("cannot write the budgets file (costattr.budget.file): it is no file of budgets");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void onAFullDiskThisJvmCountsOn() {
    FileStore store = FileStore.at(Path.of("/dev/full"), clock);
    assertThat(spend(store, "acme", 5)).isEqualTo(5);
    assertThat(spend(store, "acme", 5)).isEqualTo(10);
    assertThat(said.toString(UTF_8).lines()).hasSize(1);
    assertThat(said.toString(UTF_8))
        .contains("No space left on device; budgets are counted in memory");
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenWhenItCan() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), "in the way\n");
    FileStore store = store();
    spend(store, "acme", 5);
    spend(store, "acme", 6);
    assertThat(store.firstTime("mark", Instant.ofEpochMilli(END))).isTrue();
    assertThat(store.firstTime("mark", Instant.ofEpochMilli(END))).isFalse();
    Files.delete(file());
    assertThat(spend(store, "acme", 7)).isEqualTo(18);
    assertThat(said.toString(UTF_8)).contains("the budgets file can be written again");
    FileStore next = store();
    assertThat(spend(next, "acme", 0)).isEqualTo(18);
    assertThat(next.firstTime("mark", Instant.ofEpochMilli(END))).isFalse();
  }

  @Test
  void aMarkIsSetOnceUntilItIsOver() {
    FileStore one = store();
    FileStore other = store();
    Instant soon = clock.instant().plusSeconds(3_600);
    assertThat(one.firstTime("threshold/a b/50", soon)).isTrue();
    assertThat(other.firstTime("threshold/a b/50", soon)).isFalse();
    assertThat(one.firstTime("threshold/a b/80", soon)).isTrue();
    now.addAndGet(2 * 3_600_000);
    assertThat(other.firstTime("threshold/a b/50", soon.plusSeconds(7_200))).isTrue();
    assertThat(one.firstTime("threshold/a b/50", soon.plusSeconds(7_200))).isFalse();
  }

  @Test
  void aLongFileIsWrittenAnewWithoutLosingAnything() throws IOException {
    FileStore store = FileStore.at(file(), clock, 2_000);
    FileStore other = FileStore.at(file(), clock, Long.MAX_VALUE / 8);
    spend(other, "other", 1);
    store.firstTime("mark", Instant.ofEpochMilli(END));
    for (int i = 0; i < 1_000; i++) {
      spend(store, "customer" + i % 5, 1);
      if (i % 100 == 0) {
        spend(other, "other", 1);
      }
    }
    assertThat(Files.size(file())).isLessThan(4_000);
    assertThat(spend(other, "customer3", 0)).isEqualTo(200);
    FileStore next = store();
    for (int i = 0; i < 5; i++) {
      assertThat(spend(next, "customer" + i, 0)).isEqualTo(200);
    }
    assertThat(spend(next, "other", 0)).isEqualTo(11);
    assertThat(next.firstTime("mark", Instant.ofEpochMilli(END))).isFalse();
    assertThat(files()).isEqualTo(1);
    assertThat(said.toString(UTF_8)).isEmpty();
  }

  private long files() throws IOException {
    try (var files = Files.list(file().getParent())) {
      return files.count();
    }
  }

  @Test
  void whatIsOverIsLeftOut() throws IOException {
    FileStore store = FileStore.at(file(), clock, 1);
    spend(store, "acme", 5);
    now.set(END + 2 * 24 * 3_600_000L);
    for (int i = 0; i < 10; i++) {
      spend(store, "beta", 1);
    }
    assertThat(Files.readString(file())).doesNotContain("acme");
  }

  @Test
  void aFileThatIsRemovedTakesNothingWithItThatThisJvmKnows() throws IOException {
    FileStore store = store();
    spend(store, "acme", 5);
    Files.delete(file());
    assertThat(spend(store, "acme", 1)).isEqualTo(6);
    FileStore next = store();
    assertThat(spend(next, "acme", 2)).isEqualTo(3);
    assertThat(spend(store, "acme", 0)).isEqualTo(8);
  }

  @Test
  void appendingByHandIsHeard() throws IOException {
    FileStore store = store();
    spend(store, "acme", 5);
    String subject = FileLine.subject(account("acme"), SLOT);
    Files.writeString(file(), FileLine.spent(subject, END, -5), StandardOpenOption.APPEND);
    assertThat(spend(store, "acme", 0)).isZero();
  }

  @Test
  void manyAccountsAreKeptApart() {
    FileStore store = FileStore.inMemory(clock);
    for (int i = 0; i < 100_000; i++) {
      exchange(store, account("customer-" + i), i);
    }
    for (int i = 0; i < 100_000; i++) {
      Grant grant = store.now(account("customer-" + i));
      assertThat(grant).isNotNull().extracting(Grant::spent).isEqualTo((long) i);
    }
  }
}
