package io.costattr.core.budget.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.costattr.core.budget.Account;
import io.costattr.core.budget.Accounts;
import io.costattr.core.budget.BudgetStore.Batch;
import io.costattr.core.budget.BudgetStore.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The accounts of a budgets' file, read from its lines. What calls under way have reserved is known
 * to their JVMs alone.
 */
public final class FileAccounts implements Accounts {
  private final Path file;
  private final InstantSource clock;

  public FileAccounts(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public List<Held> all(Account like) throws IOException {
    Map<String, Long> spent = new LinkedHashMap<>();
    read(like, (word, amount) -> spent.merge(word, amount, Long::sum));
    List<Held> all = new ArrayList<>();
    spent.forEach(
        (word, amount) -> all.add(new Held(FileLine.text(word), Math.max(0, amount), 0)));
    return all;
  }

  @Override
  public Held at(Account account) throws IOException {
    String wanted = FileLine.word(account.value());
    long[] spent = new long[1];
    read(account, (word, amount) -> spent[0] += word.equals(wanted) ? amount : 0);
    return new Held(account.value(), Math.max(0, spent[0]), 0);
  }

  private interface Taker {
    void take(String word, long amount);
  }

  private void read(Account like, Taker taker) throws IOException {
    String budget = FileLine.word(like.budget());
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        byte[] bytes = text.getBytes(UTF_8);
        FileLine line = FileLine.parse(bytes, 0, bytes.length);
        String[] words = text.split(" ");
        if (line == null || line.amount() == 0 || words.length != 7 || !words[1].equals(budget)) {
          continue;
        }
        long slot = Long.parseLong(words[3]);
        if (like.step() == 0 ? slot == like.slot() : slot >= like.from()) {
          taker.take(words[2], line.amount());
        }
      }
    } catch (NoSuchFileException nothingYet) {
      // Nothing was spent.
    }
  }

  /** By a line that makes the sum right; JVMs hear of it as of any other. */
  @Override
  public void set(Account account, long spent) throws IOException {
    long change = spent - at(account).spent();
    FileStore store = FileStore.at(file, clock);
    store.exchange(
        new Batch(
            "desk", 1, List.of(new Line(account, spent, change, Line.KEEP, Line.KEEP))));
    store.close(Duration.ZERO);
    if (at(account).spent() != spent) {
      throw new IOException("cannot write " + file);
    }
  }

  @Override
  public void close() {}
}
