package io.costattr.core.exchange;

import io.costattr.core.Log;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Daemon threads on which answers are given in a provider's place, where a client has no thread of
 * its own for that: the application's callbacks run on them as they would on an event loop's, of
 * which there are as few. They end when there is nothing to answer.
 */
public final class AnswerThreads {
  private static final int LEAST = 2;
  private static final long IDLE_SECONDS = 10;
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final ThreadPoolExecutor POOL = pool();

  private AnswerThreads() {}

  private static ThreadPoolExecutor pool() {
    int most = Math.max(LEAST, Runtime.getRuntime().availableProcessors());
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            AnswerThreads::thread);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Not one of {@link io.costattr.core.AgentThread}'s: what runs on it is the application's. */
  private static Thread thread(Runnable work) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread thread =
        new Thread(group, work, "costattr-answer-" + NUMBER.incrementAndGet(), 0, false);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs that soon, with the context class loader of the thread that asks. */
  public static void run(Runnable answer) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    POOL.execute(
        () -> {
          Thread thread = Thread.currentThread();
          thread.setContextClassLoader(context);
          try {
            answer.run();
          } catch (Throwable thrown) {
            Log.fault("answering in a provider's place", thrown);
          } finally {
            thread.setContextClassLoader(null);
          }
        });
  }
}
