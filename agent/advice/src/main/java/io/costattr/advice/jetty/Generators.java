package io.costattr.advice.jetty;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;

/** What writes the heads of a connection over HTTP/1.1; early versions tell nobody of it. */
final class Generators {
  private static final MethodHandle OF = getter();

  private Generators() {}

  /**
   * @param sender the library's, of that connection
   */
  static Object of(Object sender) throws Throwable {
    return (Object) OF.invokeExact(sender);
  }

  private static MethodHandle getter() {
    String place = Messages.IS_LATER ? ".transport.internal." : ".http.";
    try {
      Field field =
          Messages.load(Messages.HOME + place + "HttpSenderOverHTTP").getDeclaredField("generator");
      field.setAccessible(true);
      return MethodHandles.lookup()
          .unreflectGetter(field)
          .asType(methodType(Object.class, Object.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
