package io.costattr.advice.coroutines;

import io.costattr.core.Log;
import io.costattr.core.carry.InForce;
import java.util.Objects;
import kotlin.coroutines.AbstractCoroutineContextElement;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.ThreadContextElement;
import org.jspecify.annotations.Nullable;

/**
 * What is in force in a coroutine: exactly what was so where it was begun, on whichever thread it
 * runs, and not on that thread any longer once it is suspended. That also ends a scope that it has
 * left open there. Immutable, since a coroutine may run on before the thread that it was on has
 * noticed that it is suspended.
 */
final class InForceElement extends AbstractCoroutineContextElement
    implements ThreadContextElement<@Nullable Object> {
  private static final CoroutineContext.Key<InForceElement> KEY = new CoroutineContext.Key<>() {};

  private final @Nullable InForce inForce;

  private InForceElement(@Nullable InForce inForce) {
    super(KEY);
    this.inForce = inForce;
  }

  /**
   * What is in force on this thread, where a coroutine begins, for its context.
   *
   * @param outer what the context is made of when it does not say itself
   * @return null when that is what is said already, and where nothing is carried at all
   */
  static @Nullable InForceElement here(CoroutineContext context, CoroutineContext outer) {
    if (!InForce.isCarried()) {
      return null;
    }
    InForce now = InForce.now();
    InForceElement own = context.get(KEY);
    InForceElement known = own == null ? outer.get(KEY) : own;
    return known != null && Objects.equals(known.inForce, now) ? null : new InForceElement(now);
  }

  @Override
  public @Nullable Object updateThreadContext(CoroutineContext context) {
    try {
      InForce before = InForce.now();
      InForce.put(inForce);
      return before;
    } catch (Throwable fault) {
      Log.fault("resuming a coroutine", fault);
      return null;
    }
  }

  @Override
  public void restoreThreadContext(CoroutineContext context, @Nullable Object before) {
    try {
      InForce.restore((InForce) before);
    } catch (Throwable fault) {
      Log.fault("suspending a coroutine", fault);
    }
  }

  @Override
  public String toString() {
    return "costattr";
  }
}
