package io.costattr.stores;

import io.costattr.core.budget.Account;
import io.costattr.core.budget.BudgetStore;
import io.costattr.stores.Link.Post;
import io.costattr.stores.Link.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Budgets of many JVMs, on a server. Every line of a batch says all that this JVM has spent in its
 * slot, so that a line that arrives twice counts once, and what a fail-over has lost is told again;
 * a server that has forgotten an account is told what it had last said of it. One thread uses it.
 */
final class NetworkStore implements BudgetStore {
  /** A JVM that is gone holds what it has leased for so long. */
  static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** Clocks that go wrong by less still count the same slots. */
  private static final long SKEW = Duration.ofMinutes(10).toMillis();

  private final String name;
  private final Link link;
  private final Keys keys;
  private final InstantSource clock;
  private final Duration lease;
  private final Recollection recollection = new Recollection();
  private long lastBatch;
  private String token = "";
  private @Nullable String asked;
  private long questions;

  /**
   * @param name for messages
   * @param lease how long leases hold
   */
  NetworkStore(String name, Link link, Keys keys, InstantSource clock, Duration lease) {
    this.name = name;
    this.link = link;
    this.keys = keys;
    this.clock = clock;
    this.lease = lease;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Grant> exchange(Batch batch) throws IOException {
    token = batch.jvm();
    long now = clock.millis();
    List<String> at = new ArrayList<>(batch.lines().size());
    batch.lines().forEach(line -> at.add(keys.of(line.account())));
    if (batch.number() > lastBatch) {
      lastBatch = batch.number();
      for (int i = 0; i < at.size(); i++) {
        Line line = batch.lines().get(i);
        long end = Math.max(line.account().until(), now + HOUR);
        recollection.spend(at.get(i), line.account().slot(), line.spent(), now, end);
      }
    }
    if (at.isEmpty()) {
      link.ping();
      return List.of();
    }
    List<Post> posts = new ArrayList<>(at.size());
    for (int i = 0; i < at.size(); i++) {
      posts.add(post(at.get(i), batch.lines().get(i), now));
    }
    List<Reply> replies = new ArrayList<>(link.exchange(batch.jvm(), lease.toMillis(), posts));
    remind(batch, at, replies, now);
    List<Grant> grants = new ArrayList<>(at.size());
    for (int i = 0; i < at.size(); i++) {
      Reply reply = replies.get(i);
      hear(at.get(i), batch.lines().get(i).account().slot(), reply);
      grants.add(new Grant(reply.spent(), reply.lease(), lease, reply.scarce()));
    }
    return grants;
  }

  private Post post(String key, Line line, long now) {
    Account account = line.account();
    return post(key, account, account.slot(), line, now);
  }

  private Post post(String key, Account account, long slot, Line line, long now) {
    int at = recollection.find(key, slot);
    return new Post(
        key,
        slot,
        account.from(),
        account.step() == 0 ? account.from() : account.from() - account.step() - SKEW,
        Keys.name(account),
        recollection.posted(at),
        recollection.fresh(at),
        recollection.known(at),
        recollection.epoch(at),
        line.limit(),
        line.need(),
        line.want(),
        Math.max(0, account.until() - now) + DAY);
  }

  private void hear(String key, long slot, Reply reply) {
    recollection.hear(recollection.find(key, slot), reply.epoch(), reply.inSlot());
  }

  /**
   * Where the server has forgotten an account of a window that rolls, it is told of its earlier
   * slots, too, and then asked again.
   */
  private void remind(Batch batch, List<String> at, List<Reply> replies, long now)
      throws IOException {
    List<Post> posts = new ArrayList<>();
    List<Integer> again = new ArrayList<>();
    for (int i = 0; i < at.size(); i++) {
      Account account = batch.lines().get(i).account();
      int known = recollection.epoch(recollection.find(at.get(i), account.slot()));
      if (account.step() == 0 || known == replies.get(i).epoch()) {
        continue;
      }
      int before = posts.size();
      for (long slot = account.from(); slot < account.slot(); slot += account.step()) {
        int other = recollection.find(at.get(i), slot);
        int epoch = recollection.epoch(other);
        if (epoch != 0 && epoch != replies.get(i).epoch()) {
          Line keep = new Line(account, batch.lines().get(i).limit(), 0, Line.KEEP, Line.KEEP);
          posts.add(post(at.get(i), account, slot, keep, now));
        }
      }
      if (posts.size() > before) {
        again.add(i);
      }
    }
    if (posts.isEmpty()) {
      return;
    }
    int reminders = posts.size();
    for (int i : again) {
      posts.add(post(at.get(i), batch.lines().get(i), now));
    }
    List<Reply> second = link.exchange(batch.jvm(), lease.toMillis(), posts);
    for (int i = 0; i < reminders; i++) {
      hear(posts.get(i).key(), posts.get(i).slot(), second.get(i));
    }
    for (int i = 0; i < again.size(); i++) {
      replies.set(again.get(i), second.get(reminders + i));
    }
  }

  /** A question that got no answer is asked again under its own token. */
  @Override
  public boolean firstTime(String mark, Instant until) throws IOException {
    if (!mark.equals(asked)) {
      asked = mark;
      questions++;
    }
    long ttl = Math.max(1, until.toEpochMilli() - clock.millis());
    boolean first = link.mark(keys.mark(mark), token + ":" + questions, ttl);
    asked = null;
    return first;
  }

  @Override
  public Map<String, Long> spent(String budget, long from) throws IOException {
    Map<String, Long> spent = new HashMap<>();
    for (Link.State state : link.look(keys.all(budget), from)) {
      String name = state.name();
      spent.merge(name == null ? Keys.value(state.key()) : name, state.spent(), Long::sum);
    }
    return spent;
  }

  @Override
  public void forget(Account account) throws IOException {
    link.forget(keys.of(account));
  }

  /** A JVM that makes ten calls a second asks for one in ten. */
  @Override
  public Duration delay() {
    return DELAY;
  }

  @Override
  public void close(Duration limit) {
    link.close();
  }
}
