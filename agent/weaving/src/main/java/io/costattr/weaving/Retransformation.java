package io.costattr.weaving;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.AccessibleObject;

/**
 * Has loaded classes woven. While another thread links a class, HotSpot hands out a class file of
 * it with numbers of constants that are not its own (JDK-8277444): an exception for whoever reads
 * it, or, as the JDK's own classes are not verified, the end of the JVM. So each is linked before,
 * as it would be right after.
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

  /** There is no question for it alone; these load the fewest of the classes that it names. */
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
