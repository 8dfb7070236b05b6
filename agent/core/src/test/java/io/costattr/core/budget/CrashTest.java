package io.costattr.core.budget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.costattr.core.budget.file.FileStore;
import io.costattr.core.price.PriceBook;
import io.costattr.core.price.PriceFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JVMs that are killed at any moment, four at a time, on one file that they share: no spending is
 * lost that an exchange with the store had taken, none is made up, and nothing of what was reserved
 * is left to block anybody.
 */
class CrashTest {
  private static final int JVMS = 4;

  /** 200 kills; fewer where the same is run once more, on a later JDK. */
  private static final int ROUNDS = Runtime.version().feature() == 17 ? 50 : 5;

  private static final int RESERVED = 7;
  private static final long MANY = 1_000_000_000;

  /** Made by hand: a JVM that reads no file starts sooner, and there are many. */
  private static Policy policy(long limit) {
    return new Policy(
        List.of(
            new Budget(
                "calls",
                List.of(),
                List.of(),
                Unit.CALLS,
                new Limits(limit, Map.of()),
                new Window.Calendar(Window.Period.MONTH, ZoneOffset.UTC),
                List.of(),
                Action.BLOCK,
                null,
                Budget.Unpriced.FAMILY,
                false,
                false)));
  }

  @TempDir private Path directory;

  @Test
  void killingLosesNothingThatWasPostedAndLeavesNothingReserved() throws Exception {
    Path file = directory.resolve("budgets.log");
    Random random = new Random(20261123);
    long atLeast = 0;
    long atMost = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<Child> children = new ArrayList<>();
      for (int i = 0; i < JVMS; i++) {
        children.add(new Child(directory.resolve("acks-" + round + "-" + i), file));
      }
      for (Child child : children) {
        // Something was posted, and then any moment up to the next time.
        child.awaitPosted();
        LockSupport.parkNanos(random.nextInt(250_000_000) / JVMS);
        child.kill();
      }
      for (Child child : children) {
        atLeast += child.posted();
        atMost += child.settled() + 1;
      }
      long spent = spent(file);
      assertThat(spent).as("round " + round).isBetween(atLeast, atMost);
      atLeast = spent;
      atMost = spent;
    }
    assertThat(atLeast).isPositive();
    assertNothingIsReserved(file, atLeast);
  }

  private static long spent(Path file) throws IOException {
    FileStore store = FileStore.at(file, InstantSource.system());
    try {
      return store.spent(policy(MANY).budgets().get(0).id(), 0).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    } finally {
      store.close(Duration.ZERO);
    }
  }

  private static String now() {
    return InstantSource.system().instant().toString();
  }

  private static void assertNothingIsReserved(Path file, long spent) {
    FileStore store = FileStore.at(file, InstantSource.system());
    try (Rig rig = new Rig(policy(spent + 3), store, new MovableClock(now()))) {
      for (int i = 0; i < 3; i++) {
        rig.admitted(CallTo.model("gpt-5.5"));
      }
      rig.blocked(CallTo.model("gpt-5.5"));
    }
  }

  /** A JVM that spends until it is killed. */
  private static final class Child {
    private final Path acks;
    private final Process process;

    Child(Path acks, Path file) throws IOException {
      this.acks = acks;
      Files.write(acks, new byte[16]);
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx64m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Spender.class.getName(),
                  acks.toString(),
                  file.toString())
              .redirectError(Redirect.INHERIT)
              .start();
    }

    long settled() throws IOException {
      return read(0);
    }

    long posted() throws IOException {
      return read(8);
    }

    private long read(long at) throws IOException {
      try (RandomAccessFile in = new RandomAccessFile(acks.toFile(), "r")) {
        in.seek(at);
        return in.readLong();
      }
    }

    void awaitPosted() throws IOException {
      assertThat(process.getInputStream().read()).isEqualTo('p');
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  /** Settles calls, writes down how many, and how many of them the store has taken. */
  static final class Spender {
    private Spender() {}

    public static void main(String[] args) throws Exception {
      try (RandomAccessFile acks = new RandomAccessFile(args[0], "rw")) {
        Acknowledging store =
            new Acknowledging(FileStore.at(Path.of(args[1]), InstantSource.system()), acks);
        Budgets budgets =
            new Budgets(
                new Budgets.Settings(
                    Path.of("no such file"),
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(15),
                    null,
                    null),
                store,
                Spender::prices,
                InstantSource.system(),
                notice -> {});
        budgets.install(policy(MANY));
        for (int i = 0; i < RESERVED; i++) {
          budgets.admit(call());
        }
        long settled = 0;
        while (true) {
          ((Reservation) budgets.admit(call())).settle(Rig.cost(1));
          synchronized (acks) {
            acks.seek(0);
            acks.writeLong(++settled);
          }
          // As fast as calls come, and not as fast as this machine can.
          LockSupport.parkNanos(200_000);
        }
      }
    }

    /** One row, and not the thousands of the agent's: calls alone are counted. */
    private static PriceBook prices() {
      String row = "openai,gpt-5.5,,standard,short,,input,5,1000000,,2020-01-01,,test\n";
      String columns =
          "provider,model,aliases,tier,context,long_context_over,meter,usd,per,regional_uplift,"
              + "effective_from,effective_to,source\n";
      try {
        return PriceBook.read(
            "test", new ByteArrayInputStream(("# version: 1\n" + columns + row).getBytes(UTF_8)));
      } catch (PriceFileException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private static Prospect call() {
      return CallTo.model("gpt-5.5").at(InstantSource.system().instant()).prospect();
    }
  }

  /** Writes down what was posted once the store has taken it. */
  private record Acknowledging(FileStore store, RandomAccessFile acks) implements BudgetStore {
    private static long posted;

    @Override
    public String name() {
      return store.name();
    }

    @Override
    public List<Grant> exchange(Batch batch) throws IOException {
      List<Grant> grants = store.exchange(batch);
      for (Line line : batch.lines()) {
        posted += line.spent();
      }
      if (posted > 0) {
        synchronized (acks) {
          acks.seek(8);
          acks.writeLong(posted);
        }
        System.out.print('p');
        System.out.flush();
      }
      return grants;
    }

    @Override
    public boolean firstTime(String mark, Instant until) {
      return store.firstTime(mark, until);
    }

    @Override
    public Map<String, Long> spent(String budget, long from) throws IOException {
      return store.spent(budget, from);
    }

    @Override
    public void forget(Account account) throws IOException {
      store.forget(account);
    }

    @Override
    public Duration pulse() {
      return store.pulse();
    }

    @Override
    public void close(Duration limit) {
      store.close(limit);
    }
  }
}
