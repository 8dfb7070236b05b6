package io.costattr.cli;

import java.lang.reflect.InvocationTargetException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM on this machine, by way of the JDK's attach API. That is in the module jdk.attach,
 * which a runtime image may lack and which only the system class loader sees; hence reflection.
 */
final class RunningJvm implements AutoCloseable {
  /** The property that the agent sets in the JVM in which it runs. */
  static final String AGENT_VERSION = "io.costattr.agent.version";

  /** The other JVM does not answer, or refuses. */
  static final class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreachable(@Nullable String message) {
      super(message);
    }
  }

  private static final String API = "com.sun.tools.attach.VirtualMachine";

  private final Class<?> api;
  private final Object machine;

  private RunningJvm(Class<?> api, Object machine) {
    this.api = api;
    this.machine = machine;
  }

  /**
   * Attaches.
   *
   * @throws Refusal when this Java cannot attach to any
   * @throws Unreachable when that JVM cannot be attached to
   */
  static RunningJvm attach(String pid) throws Refusal, Unreachable {
    Class<?> api;
    try {
      api = Class.forName(API, true, ClassLoader.getSystemClassLoader());
    } catch (ClassNotFoundException e) {
      throw new Refusal(
          "this Java ("
              + System.getProperty("java.home")
              + ") has no module jdk.attach; run the command with a JDK");
    }
    Object machine = call(api, null, "attach", new Class<?>[] {String.class}, pid);
    if (machine == null) {
      throw new Unreachable("no answer");
    }
    return new RunningJvm(api, machine);
  }

  /** A system property there; null when it is not set. */
  @Nullable String property(String name) throws Unreachable {
    Object properties = call(api, machine, "getSystemProperties", new Class<?>[0]);
    return properties instanceof Properties all ? all.getProperty(name) : null;
  }

  /** Loads an agent; the path is one of that JVM. */
  void load(String jar, String options) throws Unreachable {
    call(api, machine, "loadAgent", new Class<?>[] {String.class, String.class}, jar, options);
  }

  @Override
  public void close() {
    try {
      call(api, machine, "detach", new Class<?>[0]);
    } catch (Unreachable e) {
      // It has ended meanwhile.
    }
  }

  private static @Nullable Object call(
      Class<?> api, @Nullable Object on, String name, Class<?>[] types, Object... arguments)
      throws Unreachable {
    try {
      return api.getMethod(name, types).invoke(on, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String message = cause.getMessage();
      throw new Unreachable(message == null ? cause.toString() : message);
    } catch (ReflectiveOperationException e) {
      throw new Unreachable(e.toString());
    }
  }
}
