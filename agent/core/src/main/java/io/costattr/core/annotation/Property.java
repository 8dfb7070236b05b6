package io.costattr.core.annotation;

import io.costattr.core.Types;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A property of that name, of objects of any class: a public getter, the accessor of a record's
 * component, a public method of the name and the type of a field, or a public field. What may be
 * called is what the annotated class itself might call. What was found for a class is kept by that
 * class, so that nothing here keeps it alive. Thread-safe.
 */
final class Property {

  /** There is none in public. */
  static final class Absent extends Exception {
    private static final long serialVersionUID = 1L;

    Absent(String name, Class<?> type) {
      super("a " + type.getName() + " has no public getter of " + name);
    }
  }

  /** How a class has it; null when it has none. */
  private record Getter(@Nullable MethodHandle handle) {}

  private final String name;
  private final MethodHandles.Lookup lookup;
  private final ClassValue<Getter> getters =
      new ClassValue<>() {
        @Override
        protected Getter computeValue(Class<?> type) {
          MethodHandle found = find(type);
          return new Getter(
              found == null
                  ? null
                  : found.asType(MethodType.methodType(Object.class, Object.class)));
        }
      };

  /**
   * @param lookup with the rights of the annotated class
   */
  Property(String name, MethodHandles.Lookup lookup) {
    this.name = name;
    this.lookup = lookup;
  }

  /**
   * Reads it.
   *
   * @throws Absent when there is no such property
   * @throws Throwable what the accessor throws
   */
  @Nullable Object of(Object target) throws Throwable {
    MethodHandle getter = getters.get(target.getClass()).handle();
    if (getter == null) {
      throw new Absent(name, target.getClass());
    }
    return getter.invokeExact(target);
  }

  private @Nullable MethodHandle find(Class<?> type) {
    Set<Class<?>> all = Types.of(type);
    String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    for (Class<?> one : all) {
      MethodHandle found = method(one, "get" + capital, null);
      found = found == null ? method(one, "is" + capital, boolean.class) : found;
      found = found == null ? method(one, name, componentOrField(all)) : found;
      found = found == null ? field(one) : found;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * @param wanted the type that it must return; null for any
   */
  private @Nullable MethodHandle method(
      Class<?> declaring, String method, @Nullable Class<?> wanted) {
    try {
      Method found = declaring.getDeclaredMethod(method);
      Class<?> returned = found.getReturnType();
      boolean isGetter =
          Modifier.isPublic(found.getModifiers())
              && !Modifier.isStatic(found.getModifiers())
              && returned != void.class
              && (wanted == null
                  || returned == wanted
                  || (wanted == boolean.class && returned == Boolean.class));
      return isGetter ? lookup.unreflect(found) : null;
    } catch (NoSuchMethodException | IllegalAccessException | LinkageError absent) {
      return null;
    }
  }

  /** The type of the field of that name, which a record has for each component; void for none. */
  private Class<?> componentOrField(Set<Class<?>> types) {
    for (Class<?> type : types) {
      Field field = declaredField(type);
      if (field != null && !Modifier.isStatic(field.getModifiers())) {
        return field.getType();
      }
    }
    return void.class;
  }

  private @Nullable Field declaredField(Class<?> type) {
    try {
      return type.getDeclaredField(name);
    } catch (NoSuchFieldException | LinkageError absent) {
      return null;
    }
  }

  private @Nullable MethodHandle field(Class<?> declaring) {
    Field found = declaredField(declaring);
    if (found == null
        || !Modifier.isPublic(found.getModifiers())
        || Modifier.isStatic(found.getModifiers())) {
      return null;
    }
    try {
      return lookup.unreflectGetter(found);
    } catch (IllegalAccessException inaccessible) {
      return null;
    }
  }
}
