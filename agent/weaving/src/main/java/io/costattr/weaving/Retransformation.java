package io.costattr.weaving;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.AccessibleObject;

/**
 * Has loaded classes woven. HotSpot makes a class file of what it has in memory for that, and while
 * another thread links the class, it makes a wrong one: numbers of constants that are not there
 * (seen on 17), or are of something else. So each is linked before, as it would be right after.
 */
final class Retransformation {
  private Retransformation() {}

  static void of(Instrumentation instrumentation, Class<?>... types)
      throws UnmodifiableClassException {
    for (Class<?> type : types) {
      link(type);
    }
    instrumentation.retransformClasses(types);
  }

  /** Of what is asked here, the least resolves the fewest other classes. */
  private static void link(Class<?> type) {
    try {
      AccessibleObject[] unused =
          type.isInterface() ? type.getDeclaredFields() : type.getConstructors();
    } catch (LinkageError cannotBe) {
      // Then nobody else links it either.
      return;
    }
  }
}
