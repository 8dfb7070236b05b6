package io.costattr.weaving;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The agent's start, called by the entry in the system loader, still inside premain. Everything
 * here costs the application start-up time: no ASM, no OpenTelemetry, no lambdas, no files but the
 * agent's own jar. What can wait does, see {@link AgentRuntime}.
 */
public final class Agent implements BiFunction<@Nullable String, Instrumentation, String> {
  private static final String CONNECTION = "sun.net.www.protocol.http.HttpURLConnection";

  /** The entry's own classes, which an application's loader has loaded. */
  private static final String ENTRY = "io.costattr.premain.";

  /** Above it: java.net's of the same name, URLConnection, Object. */
  private static final int CONNECTION_DEPTH = 3;

  /** Called by the entry, by way of its name. */
  public Agent() {}

  /**
   * Defines the dispatcher, registers the gate, and has the targets that were loaded before premain
   * (a JDK 25 AOT cache does that) woven after the fact.
   *
   * @param argument the agent's argument, or null
   * @return the agent's version
   */
  @Override
  public String apply(@Nullable String argument, Instrumentation instrumentation) {
    AgentRuntime.argument = argument;
    try {
      Dispatcher.install(instrumentation, new Linker());
      // What the gate itself uses must be loaded before it stands: loading it through the gate
      // would be circular.
      ThreadLocalRandom.current();
      Targets.find("");
      Gate gate = new Gate(instrumentation);
      instrumentation.addTransformer(gate, true);
      retransformLoaded(instrumentation, gate);
    } catch (Exception fault) {
      throw new IllegalStateException(fault);
    }
    return Version.current();
  }

  private static void retransformLoaded(Instrumentation instrumentation, Gate gate)
      throws UnmodifiableClassException {
    Module javaBase = Object.class.getModule();
    Class<?>[] all = instrumentation.getAllLoadedClasses();
    boolean inJavaBase = holdsConnections(all, javaBase);
    boolean holdsApplications = false;
    for (Class<?> loaded : all) {
      // Nearly all of them are java.base's, where seldom one is a target; asking for a name costs.
      if (!inJavaBase && loaded.getModule() == javaBase) {
        continue;
      }
      holdsApplications |=
          Gate.isApplications(loaded.getClassLoader()) && !loaded.getName().startsWith(ENTRY);
      String internalName = loaded.getName().replace('.', '/');
      Object found = Targets.find(internalName);
      if (found instanceof Target) {
        if (instrumentation.isModifiableClass(loaded)) {
          Retransformation.of(instrumentation, loaded);
        }
      } else if (found != null) {
        gate.note(found, internalName, loaded.getClassLoader());
      }
    }
    if (holdsApplications) {
      AnnotatedLoaded.retransform(instrumentation, all);
    }
  }

  /**
   * Whether the targets in {@code java.base} may have been loaded: all others come after the
   * connection itself, and few classes are as deep as that.
   */
  private static boolean holdsConnections(Class<?>[] all, Module javaBase) {
    for (Class<?> loaded : all) {
      if (loaded.getModule() == javaBase
          && depth(loaded) == CONNECTION_DEPTH
          && loaded.getName().equals(CONNECTION)) {
        return true;
      }
    }
    return false;
  }

  private static int depth(Class<?> type) {
    int depth = 0;
    for (Class<?> above = type.getSuperclass();
        above != null && depth <= CONNECTION_DEPTH;
        above = above.getSuperclass()) {
      depth++;
    }
    return depth;
  }
}
