package io.costattr.core.exchange;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Carries something along with an object of the application's, from one hook to another, without
 * touching the object: by identity, and no longer than the object lives. Thread-safe. A value must
 * not refer to its key.
 */
public final class WeakIdentityMap<V> {
  /** After a collection there may be thousands: one call must not wait for all of them. */
  private static final int MOST_PURGED = 8;

  private final ConcurrentHashMap<Object, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  public void put(Object key, V value) {
    purge(MOST_PURGED);
    values.put(new Key(key, collected), value);
  }

  public @Nullable V get(Object key) {
    return values.get(new Probe(key));
  }

  public @Nullable V remove(Object key) {
    return values.remove(new Probe(key));
  }

  int size() {
    purge(Integer.MAX_VALUE);
    return values.size();
  }

  private void purge(int most) {
    for (int i = 0; i < most; i++) {
      Reference<?> gone = collected.poll();
      if (gone == null) {
        return;
      }
      values.remove(gone);
    }
  }

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object referent, ReferenceQueue<Object> queue) {
      super(referent, queue);
      this.hash = System.identityHashCode(referent);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      Object own = get();
      return own != null
          && ((other instanceof Key key && key.get() == own)
              || (other instanceof Probe probe && probe.object == own));
    }
  }

  /** Looks up without a reference that the collector would have to know of. */
  private static final class Probe {
    private final Object object;

    Probe(Object object) {
      this.object = object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.get() == object;
    }
  }
}
