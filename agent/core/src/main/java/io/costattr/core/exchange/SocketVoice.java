package io.costattr.core.exchange;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the agent says on a web socket in the provider's place: one text after another, from a
 * thread that ends with them, and none while the library tells the application's listener something
 * else. Thread-safe.
 */
public final class SocketVoice {
  /** So many texts may wait for a listener that is slow; what is refused beyond is not said. */
  public static final int MOST = 1_024;

  private final ReentrantLock listening = new ReentrantLock();

  // Guarded by this.
  private final Queue<String> waiting = new ArrayDeque<>();
  private @Nullable Thread speaker;

  /** Who is told; as the library does it. */
  @FunctionalInterface
  public interface Listener {
    /** What it throws is the application's fault, and handled like what nobody catches. */
    void told(String text) throws Exception;
  }

  SocketVoice() {}

  /** The library is about to tell the listener something, on this thread, until {@link #told}. */
  public void telling() {
    listening.lock();
  }

  /** Undoes {@link #telling}, on the same thread. */
  public void told() {
    if (listening.isHeldByCurrentThread()) {
      listening.unlock();
    }
  }

  /** Whether it is the agent that tells the listener something on this thread. */
  public synchronized boolean isSpeakingHere() {
    return speaker == Thread.currentThread();
  }

  /**
   * Has the listener told that text, soon.
   *
   * @param listener is told it, with nothing else being told meanwhile
   */
  public synchronized void say(String text, Listener listener) {
    if (waiting.size() < MOST) {
      waiting.add(text);
    }
    if (speaker == null) {
      speaker = speaker(() -> speak(listener));
    }
  }

  /**
   * Starts a thread that tells a listener something. It runs the application's code, and is none of
   * the agent's, whose calls are not seen.
   */
  public static Thread speaker(Runnable telling) {
    Thread speaker = new Thread(null, telling, "costattr-refusals", 0, false);
    speaker.setDaemon(true);
    speaker.start();
    return speaker;
  }

  private void speak(Listener listener) {
    for (String text = next(); text != null; text = next()) {
      telling();
      try {
        listener.told(text);
      } catch (Throwable thrown) {
        Thread here = Thread.currentThread();
        here.getUncaughtExceptionHandler().uncaughtException(here, thrown);
      } finally {
        told();
      }
    }
  }

  private synchronized @Nullable String next() {
    String text = waiting.poll();
    if (text == null) {
      speaker = null;
    }
    return text;
  }
}
