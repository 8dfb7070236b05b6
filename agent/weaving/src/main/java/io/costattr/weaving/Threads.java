package io.costattr.weaving;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import io.costattr.core.carry.OpenScopes;
import io.costattr.core.carry.Places;
import io.costattr.core.config.Config;
import io.costattr.core.config.Key;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final long PATIENCE_MS = 10_000;

  /** How often, and how long after each other, is looked for what was being loaded. */
  private static final int LOOKS = 200;

  private static final long PAUSE_MS = 5;

  private static final AtomicBoolean STARTED = new AtomicBoolean();
  private static final CountDownLatch DONE = new CountDownLatch(1);

  /** By internal name, from when they are to be woven. */
  private static volatile Map<String, ThreadTarget> targets = Map.of();

  /**
   * Those of libraries, by internal name, that began to be loaded before that: one that is not yet
   * among the loaded classes when these are looked through comes later, and is not woven by then.
   */
  private static final Set<String> EARLY = ConcurrentHashMap.newKeySet();

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

  /** As {@link #weave}, of one of a library's that is being loaded. */
  static byte @Nullable [] weaveLibrarys(
      Instrumentation instrumentation,
      String internalName,
      @Nullable Module module,
      byte[] classFile) {
    if (targets.isEmpty()) {
      EARLY.add(internalName);
    }
    return weave(instrumentation, internalName, module, classFile);
  }

  /**
   * The patched class file of an executor, once they are to be woven; null to leave the class
   * alone, as any other. What is not loaded by then is woven when it is.
   */
  static byte @Nullable [] weave(
      Instrumentation instrumentation,
      String internalName,
      @Nullable Module module,
      byte[] classFile) {
    ThreadTarget target = targets.get(internalName);
    if (target == null) {
      return null;
    }
    try {
      byte[] woven = ThreadWeaver.weave(target, classFile, Dispatcher.handoff());
      AgentRuntime.readDispatcher(instrumentation, module);
      return woven;
    } catch (ThreadWeaver.UnexpectedShape unexpected) {
      Log.warnOnce(
          "shape:" + target.className(),
          "this Java is not one costattr knows ("
              + unexpected.getMessage()
              + "): what goes to other threads by it carries no attribution");
      return null;
    }
  }

  private static void weaveAll(Instrumentation instrumentation) {
    try {
      Config config = AgentRuntime.config();
      if (config == null
          || !config.flag(Key.CONTEXT_CARRY)
          || AotCache.isRecorded(instrumentation)) {
        Places.close();
        return;
      }
      long age = config.number(Key.DEBUG_CONTEXT_AGE);
      if (age > 0) {
        OpenScopes.watch(age);
      }
      Dispatcher.installHandoff();
      Set<Class<?>> woven = new HashSet<>();
      for (ThreadTarget target : ThreadTargets.OF_JDK) {
        Class<?> type = load(target);
        // Some are not in every version of the JDK.
        if (type != null) {
          woven.add(type);
        }
      }
      targets = byName();
      woven.addAll(loadedOfLibraries(instrumentation));
      Retransformation.of(instrumentation, woven.toArray(new Class<?>[0]));
      weaveThoseThatWereBeingLoaded(instrumentation, woven);
      Log.debug("carrying what is in force to other threads");
    } catch (Throwable fault) {
      Log.fault("weaving executors", fault);
    } finally {
      DONE.countDown();
    }
  }

  private static List<Class<?>> loadedOfLibraries(Instrumentation instrumentation) {
    List<Class<?>> loaded = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (type.getClassLoader() != null && targets.containsKey(internalName(type))) {
        loaded.add(type);
      }
    }
    return loaded;
  }

  /** They appear among the loaded classes in a moment, unless loading them fails. */
  private static void weaveThoseThatWereBeingLoaded(
      Instrumentation instrumentation, Set<Class<?>> woven) throws Exception {
    Set<String> missing = new HashSet<>(EARLY);
    woven.forEach(type -> missing.remove(internalName(type)));
    for (int i = 0; i < LOOKS && !missing.isEmpty(); i++) {
      Thread.sleep(PAUSE_MS);
      List<Class<?>> late = loadedOfLibraries(instrumentation);
      late.removeAll(woven);
      if (!late.isEmpty()) {
        Retransformation.of(instrumentation, late.toArray(new Class<?>[0]));
        woven.addAll(late);
        late.forEach(type -> missing.remove(internalName(type)));
      }
    }
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  private static Map<String, ThreadTarget> byName() {
    Map<String, ThreadTarget> all = new HashMap<>();
    for (ThreadTarget target : ThreadTargets.OF_JDK) {
      all.put(target.internalName(), target);
    }
    for (ThreadTarget target : ThreadTargets.OF_LIBRARIES) {
      all.put(target.internalName(), target);
    }
    return Map.copyOf(all);
  }

  private static @Nullable Class<?> load(ThreadTarget target) {
    try {
      return Class.forName(target.className(), false, null);
    } catch (ClassNotFoundException absent) {
      return null;
    }
  }
}
