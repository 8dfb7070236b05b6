package io.costattr.core.carry;

import io.costattr.core.AgentThread;
import io.costattr.core.Log;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The debug mode: what is in force on which thread, since when and from where, so that an
 * attribution that stays on a thread of a pool is named. Switched off it costs a look at a field.
 * Thread-safe.
 */
public final class OpenScopes {
  private static final long SHORTEST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 10_000;
  private static final int FRAMES = 4;

  private static final Map<Object, Open> OPEN = new ConcurrentHashMap<>();
  private static final Set<Thread> POOLED = ConcurrentHashMap.newKeySet();
  private static volatile boolean watching;

  private OpenScopes() {}

  /** Where and when somebody put something in force. Carried to where it is in force next. */
  public record Opening(long nanos, String thread, String site) {
    /** Here and now. */
    public static Opening here() {
      return new Opening(System.nanoTime(), Thread.currentThread().getName(), callers());
    }
  }

  private static final class Open {
    private final Thread thread;
    private final Opening opening;
    private final String what;
    private boolean named;

    Open(Thread thread, Opening opening, String what) {
      this.thread = thread;
      this.opening = opening;
      this.what = what;
    }
  }

  /** Begins to watch: what is in force for longer is named, once. */
  public static void watch(long seconds) {
    watching = true;
    long age = TimeUnit.SECONDS.toNanos(seconds);
    long pause = Math.max(SHORTEST_PAUSE_MS, Math.min(LONGEST_PAUSE_MS, seconds * 1_000 / 4));
    new AgentThread(
            "costattr-context-age",
            () -> {
              try {
                while (true) {
                  Thread.sleep(pause);
                  name(age);
                }
              } catch (InterruptedException stop) {
                return;
              }
            })
        .start();
  }

  /** Whether anybody watches. */
  public static boolean areWatched() {
    return watching;
  }

  /**
   * Something is in force on this thread.
   *
   * @param scope what it ends with
   * @param opening null when it was put in force here and now
   */
  public static void opened(Object scope, String what, @Nullable Opening opening) {
    OPEN.put(
        scope, new Open(Thread.currentThread(), opening == null ? Opening.here() : opening, what));
  }

  /**
   * It ends.
   *
   * @param left whether nobody had closed it when its task ended; where it was opened is said once
   */
  public static void closed(Object scope, boolean left) {
    Open open = OPEN.remove(scope);
    if (left && open != null) {
      Log.warnOnce(
          "left open at " + open.opening.site(),
          open.what
              + " was left open by a task on thread "
              + open.thread.getName()
              + "; opened at "
              + open.opening.site());
    }
  }

  /** Where that was put in force; null when nobody watched then. */
  public static @Nullable Opening opening(Object scope) {
    Open open = OPEN.get(scope);
    return open == null ? null : open.opening;
  }

  /** This thread does one task after another. */
  static void onPooledThread() {
    if (watching) {
      POOLED.add(Thread.currentThread());
    }
  }

  private static void name(long age) {
    POOLED.removeIf(thread -> !thread.isAlive());
    OPEN.values().removeIf(open -> !open.thread.isAlive());
    long now = System.nanoTime();
    for (Open open : OPEN.values()) {
      long since = now - open.opening.nanos();
      if (since > age && !open.named && POOLED.contains(open.thread)) {
        open.named = true;
        Log.warn(
            open.what
                + " is still in force on pooled thread "
                + open.thread.getName()
                + " after "
                + TimeUnit.NANOSECONDS.toSeconds(since)
                + " s; opened on thread "
                + open.opening.thread()
                + " at "
                + open.opening.site());
      }
    }
  }

  /** The nearest frames of the application. */
  private static String callers() {
    StringBuilder sites = new StringBuilder();
    int found = 0;
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      if (isOfApplication(frame)) {
        sites.append(found == 0 ? "" : " < ").append(frame);
        if (++found == FRAMES) {
          break;
        }
      }
    }
    return found == 0 ? "no method of the application" : sites.toString();
  }

  private static boolean isOfApplication(StackTraceElement frame) {
    String module = frame.getModuleName();
    String type = frame.getClassName();
    return (module == null || !(module.startsWith("java.") || module.startsWith("jdk.")))
        && !type.startsWith("io.costattr.core.")
        && !type.startsWith("io.costattr.weaving.")
        && !type.startsWith("io.costattr.advice.")
        && !type.startsWith("io.costattr.dispatch.")
        && !type.startsWith("io.costattr.api.");
  }
}
