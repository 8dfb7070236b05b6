package io.costattr.weaving;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.core.attribution.Served;
import io.costattr.core.carry.Handoffs;
import io.costattr.core.carry.OpenScopes;
import io.costattr.core.carry.Places;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Has the JDK's executors woven, once there may be something to carry: a copy of the API is loaded,
 * or something that serves requests or runs jobs. They are loaded long before that, so that all of
 * it happens by retransformation, in one go, on a thread of the agent's: within the gate a class
 * loader's thread may not retransform, and what it would wait for must not wait for it.
 */
final class Threads {
  /** A thread that is about to put something in force waits for no longer. */
  private static final long PATIENCE_MS = 2_000;

  private static final AtomicBoolean STARTED = new AtomicBoolean();
  private static final CountDownLatch DONE = new CountDownLatch(1);

  /** By internal name, from when they are to be woven. */
  private static volatile Map<String, ThreadTarget> targets = Map.of();

  private Threads() {}

  /** There may be something to carry soon. */
  static void prepare(Instrumentation instrumentation) {
    if (STARTED.compareAndSet(false, true)) {
      new AgentThread("costattr-threads", () -> weaveAll(instrumentation)).start();
    }
  }

  /**
   * There is something to carry from here on: what this thread hands over next is to be carried, so
   * that it waits for the executors, once, and for no longer than a moment.
   */
  static void await(Instrumentation instrumentation) {
    prepare(instrumentation);
    try {
      if (!DONE.await(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        Log.warnOnce(
            "threads", "executors are not ready yet: what is handed over now carries nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The target of that name, once its class is to be woven; null for any other. */
  static @Nullable ThreadTarget find(String internalName) {
    return targets.get(internalName);
  }

  private static void weaveAll(Instrumentation instrumentation) {
    try {
      Config config = AgentRuntime.config();
      if (config == null || !config.flag(Key.CONTEXT_CARRY)) {
        return;
      }
      long age = config.number(Key.DEBUG_CONTEXT_AGE);
      if (age > 0) {
        OpenScopes.watch(age);
      }
      Dispatcher.installHandoff(Handoffs.part());
      Map<String, ThreadTarget> wanted = new HashMap<>();
      List<Class<?>> loaded = new ArrayList<>();
      for (ThreadTarget target : ThreadTargets.OF_JDK) {
        Class<?> type = load(target);
        // Some are not in every version of the JDK.
        if (type != null) {
          wanted.put(target.internalName(), target);
          loaded.add(type);
        }
      }
      targets = Map.copyOf(wanted);
      instrumentation.retransformClasses(loaded.toArray(new Class<?>[0]));
      Places.add(Served.PLACE);
      Log.debug("carrying what is in force to other threads");
    } catch (Throwable fault) {
      Log.fault("weaving executors", fault);
    } finally {
      DONE.countDown();
    }
  }

  private static @Nullable Class<?> load(ThreadTarget target) {
    try {
      return Class.forName(target.className(), false, null);
    } catch (ClassNotFoundException absent) {
      return null;
    }
  }
}
