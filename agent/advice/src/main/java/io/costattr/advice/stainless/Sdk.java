package io.costattr.advice.stainless;

import io.costattr.core.exchange.Call;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the generated SDKs, known by a class of its core. An application may have several.
 *
 * @param client its name, and its version from its jar's manifest unless the jar was merged away;
 *     for example {@code openai-java 4.101.0}
 * @param body reads the body off a request; null where the class is not that of requests
 * @param exception makes the exception that all others of the SDK are kinds of; null where it has
 *     none
 */
record Sdk(String client, @Nullable MethodHandle body, Call.@Nullable SdkException exception) {
  private static final MethodType BODY = MethodType.methodType(Object.class, Object.class);
  private static final String CORE = "-core";
  private static final ClassValue<Sdk> BY_CLASS =
      new ClassValue<>() {
        @Override
        protected Sdk computeValue(Class<?> type) {
          return new Sdk(client(type), body(type), exception(type));
        }
      };

  /** The SDK of a request, or of another object of its core. */
  static Sdk of(Object own) {
    return BY_CLASS.get(own.getClass());
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

  private static String client(Class<?> own) {
    // The header X-Stainless-Package-Version says "unknown" up to 3.0 of openai-java.
    String name = own.getName().startsWith("com.anthropic.") ? "anthropic-java" : "openai-java";
    Package core = own.getPackage();
    boolean versioned = core != null && (name + CORE).equals(core.getImplementationTitle());
    return versioned ? name + " " + core.getImplementationVersion() : name;
  }

  /** Its retries take only I/O for a reason to try again. */
  private static Call.@Nullable SdkException exception(Class<?> own) {
    String name =
        own.getName().startsWith("com.anthropic.")
            ? "com.anthropic.errors.AnthropicException"
            : "com.openai.errors.OpenAIException";
    try {
      Constructor<?> constructor =
          Class.forName(name, true, own.getClassLoader())
              .getConstructor(String.class, Throwable.class);
      return (message, cause) -> {
        try {
          return (RuntimeException) constructor.newInstance(message, cause);
        } catch (ReflectiveOperationException fault) {
          throw new IllegalStateException(fault);
        }
      };
    } catch (ReflectiveOperationException | LinkageError absent) {
      return null;
    }
  }

  private static @Nullable MethodHandle body(Class<?> request) {
    try {
      return MethodHandles.publicLookup().unreflect(request.getMethod("body")).asType(BODY);
    } catch (ReflectiveOperationException absent) {
      return null;
    }
  }
}
