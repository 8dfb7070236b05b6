package io.costattr.weaving;

import io.costattr.core.Log;
import io.costattr.core.attribution.ReadRequest;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class that is loaded and lets all but the targets pass: one hash look-up on the exact
 * name, and for an application's own classes a walk through the constant pool. ASM is first touched
 * behind it.
 */
final class Gate implements ClassFileTransformer {
  private static final ClassLoader OWN = Gate.class.getClassLoader();
  private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

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
    if (isOwn(loader)) {
      return null;
    }
    try {
      if (found == Targets.Note.EXECUTOR) {
        return Threads.weaveLibrarys(instrumentation, internalName, module, classFile);
      }
      if (found == null) {
        if (redefined != null && !isApplications(loader)) {
          // The JDK's executors are woven after they were loaded.
          return Threads.weave(instrumentation, internalName, module, classFile);
        }
        return isApplications(loader) && Annotations.mayHold(classFile)
            ? AgentRuntime.weaveAnnotated(instrumentation, internalName, module, classFile)
            : null;
      }
      if (found instanceof Target target) {
        if (target.whenAsked() && !AgentRuntime.areRequestsAsked()) {
          return null;
        }
        if (target.serves()) {
          Threads.await(instrumentation);
        }
        return target.isWantedIn(loader) && !AotCache.spoils(internalName, instrumentation)
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

  /** Of a class that is not woven. */
  void note(Object note, String internalName, @Nullable ClassLoader loader) {
    if (isOwn(loader)) {
      return;
    }
    if (Targets.tellsRequestsApart(internalName)) {
      ReadRequest.supersede();
    }
    if (note instanceof Unseen unseen) {
      AgentRuntime.say(unseen);
    } else if (note == Targets.Note.HARBINGER) {
      AgentRuntime.warm(instrumentation);
    } else if (note == Targets.Note.SERVER) {
      AgentRuntime.warm(instrumentation);
      Threads.prepare(instrumentation);
    } else if (note == Targets.Note.CONTEXT) {
      NotedContext.note(internalName, loader);
      if (internalName.equals(Targets.API_CONTEXT)) {
        NotedPlace.note(internalName, loader);
        Threads.prepare(instrumentation);
      }
    }
  }

  /** The agent's own OkHttp, which its exporter uses, is none of its business. */
  private static boolean isOwn(@Nullable ClassLoader loader) {
    return loader == OWN;
  }

  /** Whether classes of that loader may be an application's, or of its libraries. */
  static boolean isApplications(@Nullable ClassLoader loader) {
    return loader != null && loader != PLATFORM && loader != OWN;
  }
}
