package io.costattr.core.budget;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the spending of all JVMs that share budgets comes together. One in this JVM with a file is
 * the default; others are on a network.
 *
 * <pre>
 *  application threads            thread costattr-budget                     store
 *  ───────────────────            ──────────────────────                     ─────
 *  admit: lease left? ── yes ──► reserved, no hop
 *                     ── no ───► asks, waits a little ──► exchange(batch) ──► spent += settled
 *  ledger: settle ──────────────► collects, 4 a second ─┘                     leases := need..want
 * </pre>
 *
 * <b>Leases.</b> A store lets a JVM hold a part of what is left of an account, its lease, within
 * which it admits calls by itself. At every moment, for each account and the limit of whoever asks,
 *
 * <pre>
 *     spent + sum of all leases that have not expired  &lt;=  limit        (unless spent alone is more)
 * </pre>
 *
 * and a JVM admits a call only if what it has reserved, what it has settled and not posted yet, and
 * the call's own estimate fit into its lease. So what is spent can pass the limit only by what
 * calls cost beyond what was reserved for them. A JVM counts the life of a lease from before it
 * asked, by its own monotonic clock, and the store from when it granted: a lease is never used
 * longer than it is kept, whatever the clocks of the two say.
 *
 * <p><b>Threads.</b> All methods but {@link #now} are called by one thread of the agent's, so that
 * an implementation needs one connection and no locks. Application threads wait for that thread, at
 * most {@code costattr.budget.store.timeout} ms, and only where no lease is left; what an exchange
 * takes beyond that harms nobody but the freshness of counts.
 *
 * <p><b>Failure.</b> A method that cannot do its work throws. A batch that failed is handed in
 * again, unchanged and under the same number, before any other: an implementation that cannot know
 * whether the first one arrived compares numbers, so that nothing is counted twice. Meanwhile calls
 * of budgets that {@code fail: open} are admitted by what this JVM knows and are posted later,
 * those that {@code fail: closed} are blocked.
 */
public interface BudgetStore {

  /** A short name for messages: {@code file}, {@code redis}. */
  String name();

  /**
   * What an account has and this JVM may hold of it, where that is known without waiting; null when
   * it must be asked for by {@link #exchange}. Called by application threads, under a lock of the
   * account: may neither wait nor throw.
   */
  default @Nullable Grant now(Account account) {
    return null;
  }

  /**
   * Takes what was settled, takes back and grants leases: as one round trip. An empty batch asks
   * whether the store is there.
   *
   * @return a grant for each line, in the order of the lines
   */
  List<Grant> exchange(Batch batch) throws IOException;

  /**
   * Whether nobody in the fleet has asked this for that mark before, or the last one who did has
   * let it be forgotten: how one JVM is chosen to say that a threshold was passed, or to load what
   * was spent before.
   *
   * @param mark any text; may be long, and have any characters
   * @param until until when the mark is remembered from now on, if not longer already
   */
  boolean firstTime(String mark, Instant until) throws IOException;

  /**
   * What was spent by value in the slots of a budget that begin then or later, for a person to look
   * at: may take long. A very long value may be shortened, in the same way each time.
   *
   * @param budget as {@link Account#budget}
   * @param from as {@link Account#from}
   */
  Map<String, Long> spent(String budget, long from) throws IOException;

  /** Nothing is spent any more in the account's window; leases are left alone. */
  void forget(Account account) throws IOException;

  /** How long what was settled may wait, so that more goes with it; lost with a JVM that dies. */
  default Duration delay() {
    return Duration.ofMillis(250);
  }

  /** How often an exchange is wanted at least, even of an empty batch. */
  default Duration pulse() {
    return Duration.ofSeconds(10);
  }

  /** Releases everything; what this JVM holds has been given back by a last exchange. */
  void close(Duration limit);

  /**
   * What a JVM says of many accounts at once.
   *
   * @param jvm a random name of the JVM that asks, the same for its life
   * @param number 1, 2, 3 ...; a batch that failed comes again under its own
   */
  record Batch(String jvm, long number, List<Line> lines) {
    public Batch {
      lines = List.copyOf(lines);
    }
  }

  /**
   * What a JVM says of one account. An account comes at most once in a batch.
   *
   * @param account which
   * @param limit what may be spent in the account's window, as the policy of this JVM says
   * @param spent what was settled since the last batch
   * @param need the lease must be as much, so that what waits now can be admitted; {@link #KEEP}
   *     where the line only posts what was spent, in a slot that is over, say
   * @param want the lease may be as much; 0 gives back everything. Never less than {@code need}
   */
  record Line(Account account, long limit, long spent, long need, long want) {
    /** The lease stays as it is, and the grant is not looked at. */
    public static final long KEEP = -1;
  }

  /**
   * What a store says of one account, after a line was taken.
   *
   * @param spent what the whole fleet has spent in the account's window, this JVM included
   * @param lease what this JVM holds from now on, of which nothing is spent or reserved for anybody
   *     else; {@link Long#MAX_VALUE} when nobody shares the account. A lease that has not expired
   *     is never taken away: no less than it was without what the line has posted, or than the line
   *     wants, whichever is less
   * @param leasedFor how long, counted from before the batch was handed in
   * @param scarce there is not enough for everybody: hold no more than what calls need
   */
  record Grant(long spent, long lease, Duration leasedFor, boolean scarce) {}
}
