package io.costattr.weaving;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A class that the gate saw being loaded, not to be touched before somebody needs it. Does not keep
 * the application alive that has it.
 */
final class NotedClass {
  private final String name;
  private final @Nullable WeakReference<ClassLoader> loader;
  private volatile @Nullable WeakReference<Class<?>> loaded;

  NotedClass(String internalName, @Nullable ClassLoader loader) {
    this.name = internalName.replace('/', '.');
    this.loader = loader == null ? null : new WeakReference<>(loader);
  }

  /** The class; null when it has gone. */
  @Nullable Class<?> get() {
    WeakReference<Class<?>> known = loaded;
    return known == null ? load() : known.get();
  }

  private @Nullable Class<?> load() {
    ClassLoader from = loader == null ? null : loader.get();
    if (loader != null && from == null) {
      return null;
    }
    try {
      Class<?> found = Class.forName(name, false, from);
      loaded = new WeakReference<>(found);
      return found;
    } catch (ClassNotFoundException | LinkageError gone) {
      return null;
    }
  }
}
