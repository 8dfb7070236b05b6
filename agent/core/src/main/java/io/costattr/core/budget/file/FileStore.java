package io.costattr.core.budget.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.Log;
import io.costattr.core.budget.Account;
import io.costattr.core.budget.BudgetStore;
import io.costattr.core.file.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts in this JVM, and in a file: what was settled is with the operating system within half a
 * second, so that a JVM that is killed loses no more. JVMs on one machine that name the same file
 * share budgets: each hears twice a second what the others have spent, and may let in meanwhile
 * what they do. Where the file cannot be written, it is said once, and this JVM counts on.
 */
public final class FileStore implements BudgetStore {
  private static final Duration LEASE = Duration.ofSeconds(1);
  private static final Duration PULSE = Duration.ofMillis(500);
  private static final int NONE = 0;
  private static final long SMALL = 4L << 20;

  private final @Nullable BudgetFile file;
  private final String name;

  private final InstantSource clock;

  /** Guards {@link #totals}, of which application threads ask. */
  private final Object lock = new Object();

  private Totals totals;
  private boolean loaded;

  /** What the file lacks, by the first words of its lines. For the one thread. */
  private final Map<String, Unwritten> unwritten = new LinkedHashMap<>();

  private boolean failing;
  private long lastBatch;

  /**
   * @param until when it may be forgotten
   */
  private record Unwritten(long amount, long until) {
    Unwritten plus(Unwritten other) {
      return new Unwritten(amount + other.amount, Math.max(until, other.until));
    }
  }

  private FileStore(@Nullable Path path, InstantSource clock, long small) {
    this.clock = clock;
    totals = new Totals(clock);
    file = path == null ? null : new BudgetFile(path, small);
    name = path == null ? "memory" : "file";
    loaded = path == null;
  }

  /** A store in that file, which is opened by the first exchange. */
  public static FileStore at(Path path, InstantSource clock) {
    return new FileStore(path, clock, SMALL);
  }

  /** As {@link #at(Path, InstantSource)}, with a file that is written anew beyond that size. */
  static FileStore at(Path path, InstantSource clock, long small) {
    return new FileStore(path, clock, small);
  }

  /** A store that forgets everything when the JVM ends. */
  public static FileStore inMemory(InstantSource clock) {
    return new FileStore(null, clock, SMALL);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration pulse() {
    return PULSE;
  }

  @Override
  public @Nullable Grant now(Account account) {
    synchronized (lock) {
      return loaded ? grant(account) : null;
    }
  }

  private Grant grant(Account account) {
    long spent = 0;
    if (account.step() == 0) {
      spent = totals.get(FileLine.key(FileLine.subject(account, account.slot())));
    } else {
      for (long slot = account.from(); slot <= account.slot(); slot += account.step()) {
        spent += totals.get(FileLine.key(FileLine.subject(account, slot)));
      }
    }
    return new Grant(Math.max(0, spent), Long.MAX_VALUE, LEASE, false);
  }

  @Override
  public List<Grant> exchange(Batch batch) {
    if (batch.number() > lastBatch) {
      lastBatch = batch.number();
      for (Line line : batch.lines()) {
        add(line);
      }
    }
    write();
    List<Grant> grants = new ArrayList<>(batch.lines().size());
    synchronized (lock) {
      loaded = true;
      for (Line line : batch.lines()) {
        grants.add(grant(line.account()));
      }
    }
    return grants;
  }

  private void add(Line line) {
    if (line.spent() != NONE) {
      Account account = line.account();
      add(FileLine.subject(account, account.slot()), new Unwritten(line.spent(), account.until()));
    }
  }

  private void add(String subject, Unwritten what) {
    if (file != null) {
      unwritten.merge(subject, what, Unwritten::plus);
    }
    synchronized (lock) {
      totals.add(FileLine.key(subject), what.amount, what.until);
    }
  }

  /** Never throws: what cannot be written is kept, and tried again. */
  private void write() {
    BudgetFile to = file;
    if (to == null) {
      return;
    }
    try {
      List<String> subjects = new ArrayList<>(unwritten.keySet());
      byte[] lines = lines();
      int written = to.exchange(lines, new Hearing());
      forget(subjects, lines, written);
      if (written < lines.length) {
        throw new IOException("there is no room for all of it");
      }
      if (failing) {
        failing = false;
        Log.warn("the budgets file can be written again");
      }
      if (to.isLong()) {
        to.compact(totals, clock.millis());
      }
    } catch (IOException | RuntimeException fault) {
      if (!failing) {
        failing = true;
        Log.warn(
            "cannot write the budgets file (costattr.budget.file): "
                + Reason.of(fault)
                + "; budgets are counted in memory, and written when it is possible again");
      }
    }
  }

  private byte[] lines() {
    StringBuilder lines = new StringBuilder();
    unwritten.forEach((subject, what) -> lines.append(line(subject, what)));
    return lines.toString().getBytes(UTF_8);
  }

  private static String line(String subject, Unwritten what) {
    return what.amount == NONE
        ? FileLine.mark(subject, what.until)
        : FileLine.spent(subject, what.until, what.amount);
  }

  /** So many bytes of the lines, which begin with those words, are in the file. */
  private void forget(List<String> subjects, byte[] lines, int written) {
    int at = 0;
    for (int i = 0; i < written; i++) {
      if (lines[i] == '\n') {
        unwritten.remove(subjects.get(at));
        at++;
      }
    }
  }

  /** What is in the file of others; what is known stays in force until all of it was read. */
  private final class Hearing implements BudgetFile.Reader {
    private @Nullable Totals fresh;

    @Override
    public void anew() {
      Totals begun = new Totals(clock);
      unwritten.forEach(
          (subject, what) -> begun.add(FileLine.key(subject), what.amount, what.until));
      fresh = begun;
    }

    @Override
    public void line(FileLine line) {
      Totals begun = fresh;
      if (begun != null) {
        begun.add(line.key(), line.amount(), line.until());
      } else {
        synchronized (lock) {
          totals.add(line.key(), line.amount(), line.until());
        }
      }
    }

    @Override
    public void end() {
      Totals begun = fresh;
      if (begun != null) {
        synchronized (lock) {
          totals = begun;
        }
        fresh = null;
      }
    }
  }

  @Override
  public boolean firstTime(String mark, Instant until) {
    String subject = FileLine.subject(mark);
    long end = until.toEpochMilli();
    write();
    boolean first;
    synchronized (lock) {
      long known = totals.until(FileLine.key(subject));
      first = known < clock.millis();
      if (known >= end) {
        return first;
      }
    }
    add(subject, new Unwritten(NONE, end));
    write();
    return first;
  }

  @Override
  public Map<String, Long> spent(String budget, long from) throws IOException {
    BudgetFile of = file;
    Map<String, Long> spent = new LinkedHashMap<>();
    if (of != null) {
      of.lines(
          words -> {
            FileLine.Spent line = FileLine.Spent.of(words, budget);
            if (line != null && line.slot() >= from) {
              spent.merge(line.value(), line.amount(), Long::sum);
            }
          });
    }
    return spent;
  }

  @Override
  public void forget(Account account) throws IOException {
    write();
    long step = account.step() == 0 ? 1 : account.step();
    long from = account.step() == 0 ? account.slot() : account.from();
    for (long slot = from; slot <= account.slot(); slot += step) {
      String subject = FileLine.subject(account, slot);
      long spent;
      synchronized (lock) {
        spent = totals.get(FileLine.key(subject));
      }
      if (spent != NONE) {
        add(subject, new Unwritten(-spent, account.until()));
      }
    }
    write();
    if (!unwritten.isEmpty()) {
      throw new IOException("the budgets file cannot be written");
    }
  }

  @Override
  public void close(Duration limit) {
    if (file != null) {
      file.close();
    }
  }
}
