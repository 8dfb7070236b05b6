package io.costattr.advice.stainless;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the generated SDKs, known by the class of its requests. An application may have several.
 *
 * @param client its name, and its version from its jar's manifest unless the jar was merged away;
 *     for example {@code openai-java 4.101.0}
 * @param body reads the body off a request, or null
 */
record Sdk(String client, @Nullable MethodHandle body) {
  private static final MethodType BODY = MethodType.methodType(Object.class, Object.class);
  private static final String CORE = "-core";
  private static final ClassValue<Sdk> BY_REQUEST =
      new ClassValue<>() {
        @Override
        protected Sdk computeValue(Class<?> type) {
          return new Sdk(client(type), body(type));
        }
      };

  static Sdk of(Object request) {
    return BY_REQUEST.get(request.getClass());
  }

  /** The body of a request, or null when it has none. */
  @Nullable Object bodyOf(Object request) {
    if (body == null) {
      return null;
    }
    try {
      Object found = (Object) body.invokeExact(request);
      // Since 3.12 of anthropic-java.
      return found instanceof Optional<?> optional ? optional.orElse(null) : found;
    } catch (Throwable absent) {
      return null;
    }
  }

  private static String client(Class<?> request) {
    // The header X-Stainless-Package-Version says "unknown" up to 3.0 of openai-java.
    String name = request.getName().startsWith("com.anthropic.") ? "anthropic-java" : "openai-java";
    Package core = request.getPackage();
    boolean own = core != null && (name + CORE).equals(core.getImplementationTitle());
    return own ? name + " " + core.getImplementationVersion() : name;
  }

  private static @Nullable MethodHandle body(Class<?> request) {
    try {
      return MethodHandles.publicLookup().unreflect(request.getMethod("body")).asType(BODY);
    } catch (ReflectiveOperationException absent) {
      return null;
    }
  }
}
