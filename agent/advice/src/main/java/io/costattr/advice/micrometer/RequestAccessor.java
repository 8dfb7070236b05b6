package io.costattr.advice.micrometer;

import io.costattr.core.attribution.RoamingRequest;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * The request of a reactive server, under the key under which its chain has it: a chain that has
 * nothing under {@link Accessor}'s, or what the application has put there, has it all the same.
 * Registered behind that one, which puts all that is in force.
 */
final class RequestAccessor implements ThreadLocalAccessor<Object> {
  @Override
  public Object key() {
    return RoamingRequest.KEY;
  }

  @Override
  public @Nullable Object getValue() {
    return RoamingRequest.now();
  }

  @Override
  public void setValue(Object value) {
    RoamingRequest.replace(value instanceof RoamingRequest request ? request : null);
  }

  @Override
  public void setValue() {
    RoamingRequest.replace(null);
  }

  /** As {@link #setValue()}, in versions before 1.0.3. */
  @SuppressWarnings("deprecation") // They have no other.
  @Override
  public void reset() {
    RoamingRequest.replace(null);
  }

  @Override
  public void restore(Object previous) {
    setValue(previous);
  }

  @Override
  public void restore() {
    RoamingRequest.replace(null);
  }
}
