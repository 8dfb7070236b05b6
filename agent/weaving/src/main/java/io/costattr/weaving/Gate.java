package io.costattr.weaving;

import io.costattr.core.Log;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class that is loaded and lets all but the targets pass: one hash look-up on the exact
 * name. ASM is first touched behind it.
 */
final class Gate implements ClassFileTransformer {
  private final Instrumentation instrumentation;

  Gate(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String internalName,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (internalName == null) {
      return null;
    }
    Object found = Targets.find(internalName);
    if (found == null) {
      return redefined == null ? null : executor(internalName, module, classFile);
    }
    if (isOwn(loader)) {
      return null;
    }
    try {
      if (found instanceof Target target) {
        if (target.serves()) {
          Threads.await(instrumentation);
        }
        return target.isWantedIn(loader)
            ? AgentRuntime.weave(instrumentation, target, module, classFile)
            : null;
      }
      note(found, internalName, loader);
      if (internalName.equals(Targets.API_CONTEXT)) {
        Threads.await(instrumentation);
      }
    } catch (Throwable fault) {
      Log.fault("weaving " + internalName, fault);
    }
    return null;
  }

  /** The executors are woven after they were loaded. */
  private byte @Nullable [] executor(
      String internalName, @Nullable Module module, byte[] classFile) {
    try {
      ThreadTarget target = Threads.find(internalName);
      return target == null ? null : AgentRuntime.weave(instrumentation, target, module, classFile);
    } catch (Throwable fault) {
      Log.fault("weaving " + internalName, fault);
      return null;
    }
  }

  /** Of a class that is not woven. */
  void note(Object note, String internalName, @Nullable ClassLoader loader) {
    if (isOwn(loader)) {
      return;
    }
    if (note instanceof Unseen unseen) {
      AgentRuntime.say(unseen);
    } else if (note == Targets.Note.HARBINGER) {
      AgentRuntime.warm();
    } else if (note == Targets.Note.SERVER) {
      AgentRuntime.warm();
      Threads.prepare(instrumentation);
    } else {
      NotedContext.note(internalName, loader);
      if (internalName.equals(Targets.API_CONTEXT)) {
        NotedPlace.note(internalName, loader);
        Threads.prepare(instrumentation);
      }
    }
  }

  /** The agent's own OkHttp, which its exporter uses, is none of its business. */
  private static boolean isOwn(@Nullable ClassLoader loader) {
    return loader == Gate.class.getClassLoader();
  }
}
