package io.costattr.advice.serving.jaxrs;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** An object by its type in JAX-RS, of whichever namespace. Asked at a model call only. */
final class JaxRsType {
  private final Object object;
  private final Class<?> type;

  private JaxRsType(Object object, Class<?> type) {
    this.object = object;
    this.type = type;
  }

  /**
   * @param name its name below {@code ws.rs}
   * @throws IllegalArgumentException when it is not of that type
   */
  static JaxRsType of(Object object, String name) {
    for (Class<?> own = object.getClass(); own != null; own = own.getSuperclass()) {
      Class<?> type = find(own, "ws.rs." + name);
      if (type != null) {
        return new JaxRsType(object, type);
      }
    }
    throw new IllegalArgumentException(object.getClass() + " is no " + name);
  }

  private static @Nullable Class<?> find(Class<?> type, String name) {
    if (type.getName().equals("jakarta." + name) || type.getName().equals("javax." + name)) {
      return type;
    }
    for (Class<?> wider : type.getInterfaces()) {
      Class<?> found = find(wider, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Nullable Object ask(String method) {
    return ask(method, new Class<?>[0]);
  }

  @Nullable Object ask(String method, Class<?> parameter, Object argument) {
    return ask(method, new Class<?>[] {parameter}, argument);
  }

  private @Nullable Object ask(String method, Class<?>[] parameters, Object... arguments) {
    try {
      return type.getMethod(method, parameters).invoke(object, arguments);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
