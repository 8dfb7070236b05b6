package io.costattr.core;

import java.util.LinkedHashSet;
import java.util.Set;

/** What a class is: itself, its superclasses and its interfaces. */
public final class Types {
  private Types() {}

  /** All of them but Object: the class first, then those above it, then interfaces. */
  public static Set<Class<?>> of(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    for (Class<?> above = type; above != null; above = above.getSuperclass()) {
      all.add(above);
    }
    for (Class<?> above = type; above != null; above = above.getSuperclass()) {
      addInterfaces(above, all);
    }
    all.remove(Object.class);
    return all;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> all) {
    for (Class<?> one : type.getInterfaces()) {
      if (all.add(one)) {
        addInterfaces(one, all);
      }
    }
  }
}
