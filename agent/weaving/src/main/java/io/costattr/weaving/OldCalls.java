package io.costattr.weaving;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls of advice by class files that know no {@code invokedynamic}: linked at the first call as
 * well, and found again by the calling class and the names of the advice. Handles live as long as
 * the calling class does.
 */
final class OldCalls {
  /** Caller, name, advice, descriptor. */
  private static final int HEAD = 4;

  /** By advice and name, which are constants of the caller's that know their hash. */
  private static final ClassValue<Map<String, Map<String, MethodHandle>>> LINKED =
      new ClassValue<>() {
        @Override
        protected Map<String, Map<String, MethodHandle>> computeValue(Class<?> caller) {
          return new ConcurrentHashMap<>();
        }
      };

  private OldCalls() {}

  /** See {@code CostattrDispatcher.call}. What advice throws is suppressed. */
  static @Nullable Object call(Object[] request) {
    Class<?> caller = (Class<?>) request[0];
    String name = (String) request[1];
    String advice = (String) request[2];
    Object[] arguments = Arrays.copyOfRange(request, HEAD, request.length);
    Map<String, MethodHandle> linked = LINKED.get(caller).get(advice);
    MethodHandle handle = linked == null ? null : linked.get(name);
    if (handle == null) {
      handle = link(caller, name, advice, (String) request[3], arguments.length);
      LINKED
          .get(caller)
          .computeIfAbsent(advice, key -> new ConcurrentHashMap<>())
          .put(name, handle);
    }
    try {
      return handle.invokeExact(arguments);
    } catch (Throwable suppressed) {
      return null;
    }
  }

  /** Linked outside of the map, since linking may come back here; twice linked is the same. */
  private static MethodHandle link(
      Class<?> caller, String name, String advice, String descriptor, int arguments) {
    MethodType type = MethodType.genericMethodType(arguments);
    CallSite site = Linker.link(caller, name, type, advice, descriptor);
    MethodHandle target =
        site == null
            ? MethodHandles.dropArguments(
                MethodHandles.constant(Object.class, null), 0, type.parameterList())
            : site.dynamicInvoker();
    return target.asSpreader(Object[].class, arguments);
  }
}
