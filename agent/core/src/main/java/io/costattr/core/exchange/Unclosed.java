package io.costattr.core.exchange;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A body, or a socket, that the application has not closed yet. Some never are: then the collector
 * tells that the exchange is over. {@link #reap} is called by the ledger's thread now and then.
 */
public final class Unclosed extends PhantomReference<Object> {
  private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();
  private static final Set<Unclosed> WATCHED = ConcurrentHashMap.newKeySet();

  private final Runnable end;
  private final int hash = Long.hashCode(System.nanoTime());

  private Unclosed(Object body, Runnable end) {
    super(body, COLLECTED);
    this.end = end;
  }

  /**
   * @param end runs when the body was collected; must not refer to it
   */
  static Unclosed watch(Object body, Runnable end) {
    Unclosed watched = new Unclosed(body, end);
    WATCHED.add(watched);
    return watched;
  }

  /** Of the moment at which it was made: an identity's hash costs a way into the JVM. */
  @Override
  public int hashCode() {
    return hash;
  }

  /** Nobody may keep this afterwards: what the collector cannot reach, it does not tell of. */
  void forget() {
    WATCHED.remove(this);
  }

  /** Ends the exchanges whose bodies were collected. */
  public static void reap() {
    for (Reference<?> gone = COLLECTED.poll(); gone != null; gone = COLLECTED.poll()) {
      WATCHED.remove(gone);
      ((Unclosed) gone).end.run();
    }
  }
}
