package io.costattr.weaving;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where advice lives: one loader per application loader, so that advice is ordinary Java compiled
 * against the real library.
 *
 * <pre>
 *   io.costattr.advice.*   defined here, from the agent's jar
 *   io.costattr.core.*     CostattrLoader, the parent
 *   everything else        the application's loader
 * </pre>
 *
 * Held weakly: what keeps it alive are the call sites in the application's own woven classes, and
 * it goes when they go.
 */
final class AdviceLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String ADVICE = "io.costattr.advice.";
  private static final String CORE = "io.costattr.core.";
  private static final Map<ClassLoader, WeakReference<AdviceLoader>> BY_TARGET =
      new WeakHashMap<>();

  /** The one for classes of the boot loader, which never goes. */
  private static final class Boot {
    static final AdviceLoader LOADER = new AdviceLoader(null);
  }

  private final @Nullable ClassLoader target;

  private AdviceLoader(@Nullable ClassLoader target) {
    super("costattr-advice", AdviceLoader.class.getClassLoader());
    this.target = target;
  }

  /** The advice loader of that application loader; null stands for the boot loader. */
  static AdviceLoader of(@Nullable ClassLoader target) {
    if (target == null) {
      return Boot.LOADER;
    }
    synchronized (BY_TARGET) {
      WeakReference<AdviceLoader> known = BY_TARGET.get(target);
      AdviceLoader loader = known == null ? null : known.get();
      if (loader == null) {
        loader = new AdviceLoader(target);
        BY_TARGET.put(target, new WeakReference<>(loader));
      }
      return loader;
    }
  }

  /** A lookup with the rights of the advice itself. */
  MethodHandles.Lookup lookup() throws ReflectiveOperationException {
    return (MethodHandles.Lookup)
        loadClass("io.costattr.advice.LookupExposer").getMethod("lookup").invoke(null);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(ADVICE)) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : define(name);
      }
    }
    return name.startsWith(CORE)
        ? super.loadClass(name, resolve)
        : Class.forName(name, false, target);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in =
        AdviceLoader.class
            .getClassLoader()
            .getResourceAsStream(name.replace('.', '/') + ".classdata")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (LinkageError twice) {
      // Another agent's transformer may load a class while it is being defined, on this thread.
      Class<?> defined = findLoadedClass(name);
      if (defined == null) {
        throw twice;
      }
      return defined;
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
