package io.costattr.advice.micrometer;

import io.costattr.core.Log;
import io.costattr.core.carry.InForce;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * What a thread has in force, for Micrometer's snapshots and for the contexts that are filled from
 * them. Where the application puts an {@code Attribution} of the API among such values by itself,
 * that is what is in force.
 */
final class Accessor implements ThreadLocalAccessor<Object> {
  static final String KEY = "costattr";

  @Override
  public Object key() {
    return KEY;
  }

  @Override
  public @Nullable Object getValue() {
    try {
      return InForce.now();
    } catch (Throwable fault) {
      Log.fault("reading for Micrometer", fault);
      return null;
    }
  }

  @Override
  public void setValue(Object value) {
    put(value instanceof InForce known ? known : InForce.of(value));
  }

  /** There is no value where the one comes from that is being restored. */
  @Override
  public void setValue() {
    put(null);
  }

  /** As {@link #setValue()}, in versions before 1.0.3. */
  @SuppressWarnings("deprecation") // They have no other.
  @Override
  public void reset() {
    put(null);
  }

  @Override
  public void restore(Object previous) {
    back(previous instanceof InForce known ? known : InForce.of(previous));
  }

  @Override
  public void restore() {
    back(null);
  }

  private static void put(@Nullable InForce value) {
    try {
      InForce.put(value);
    } catch (Throwable fault) {
      Log.fault("carrying for Micrometer", fault);
    }
  }

  private static void back(@Nullable InForce previous) {
    try {
      InForce.restore(previous);
    } catch (Throwable fault) {
      Log.fault("restoring for Micrometer", fault);
    }
  }
}
