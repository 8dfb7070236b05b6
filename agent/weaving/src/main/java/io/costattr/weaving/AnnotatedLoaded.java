package io.costattr.weaving;

import io.costattr.core.Log;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Classes with {@code @Attributed} that were loaded before the agent: by a JDK 25 AOT cache, or
 * because the agent was attached. Only loaders that see the annotation are looked at, and their
 * class files are read as resources, so that nothing of the application is linked or initialized by
 * looking.
 */
final class AnnotatedLoaded {
  private static final String API = "io/costattr/api/Attributed.class";

  private final IdentityHashMap<ClassLoader, Boolean> sees = new IdentityHashMap<>();

  /** Has those among them woven. */
  static void retransform(Instrumentation instrumentation, Class<?>[] all)
      throws UnmodifiableClassException {
    AnnotatedLoaded loaded = new AnnotatedLoaded();
    for (Class<?> type : all) {
      ClassLoader loader = type.getClassLoader();
      if (loader != null && Gate.isApplications(loader) && loaded.isAnnotated(type, loader)) {
        Retransformation.of(instrumentation, type);
      }
    }
  }

  private boolean isAnnotated(Class<?> type, ClassLoader loader) {
    if (type.isArray() || type.isHidden() || !sees.computeIfAbsent(loader, AnnotatedLoaded::sees)) {
      return false;
    }
    try {
      byte[] file = read(loader, type.getName().replace('.', '/') + ".class");
      return file != null && Annotations.mayHold(file);
    } catch (IOException | RuntimeException | LinkageError unreadable) {
      return false;
    }
  }

  /** Asks a loader of the application's, which may do anything. */
  private static boolean sees(ClassLoader loader) {
    try {
      return loader.getResource(API) != null;
    } catch (RuntimeException | LinkageError fault) {
      Log.fault("looking for the API in " + loader.getClass().getName(), fault);
      return false;
    }
  }

  private static byte @Nullable [] read(ClassLoader loader, String name) throws IOException {
    try (InputStream in = loader.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    }
  }
}
