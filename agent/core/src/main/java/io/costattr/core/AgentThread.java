package io.costattr.core;

/**
 * A thread of the agent's own: a daemon that holds on to nothing of the application (neither its
 * context class loader, nor its thread group, nor its inheritable thread locals). What the agent
 * observes on such a thread is its own doing.
 */
public final class AgentThread extends Thread {

  /** A thread that is not started yet. */
  public AgentThread(String name, Runnable work) {
    super(rootGroup(), work, name, 0, false);
    setDaemon(true);
    setContextClassLoader(AgentThread.class.getClassLoader());
    setUncaughtExceptionHandler((thread, fault) -> Log.fault(thread.getName(), fault));
  }

  /** Whether the calling thread is one of the agent's. */
  public static boolean isCurrent() {
    return Thread.currentThread() instanceof AgentThread;
  }

  /** A group of the application may be destroyed or carry a handler of its own. */
  private static ThreadGroup rootGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
