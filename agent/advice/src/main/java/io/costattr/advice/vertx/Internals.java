package io.costattr.advice.vertx;

import io.costattr.core.Log;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What the library keeps to itself and an answer over HTTP/2 needs: the same in all versions but
 * for names. A version without some of it has no such answers, which is said once.
 *
 * @param context where a request's handlers run
 * @param stream what a request is sent on; of the library's interface
 * @param response makes a response
 * @param head gives a response to its request
 * @param chunk gives a piece to a response
 * @param trailers tells a response that no more of its body comes
 * @param end tells it that it is over; null where that goes without saying, up to 5.1
 */
record Internals(
    Field context,
    Field stream,
    Constructor<?> response,
    Method head,
    Method chunk,
    Method trailers,
    @Nullable Method end) {
  private static final String PACKAGE = "io.vertx.core.http.impl.";

  private static final ClassValue<Object> OF_LIBRARY =
      new ClassValue<>() {
        @Override
        protected Object computeValue(Class<?> request) {
          try {
            return of(request);
          } catch (ReflectiveOperationException | RuntimeException another) {
            Log.warnOnce(
                "vertx-answers",
                "this version of Vert.x is not one costattr knows ("
                    + another
                    + "): no budget blocks what it sends over HTTP/2");
            return another;
          }
        }
      };

  /** Of the class of that request; null when its version has another shape. */
  static @Nullable Internals of(Object request) {
    return OF_LIBRARY.get(request.getClass()) instanceof Internals known ? known : null;
  }

  private static Internals of(Class<?> request) throws ReflectiveOperationException {
    ClassLoader loader = request.getClassLoader();
    Class<?> base = Class.forName(PACKAGE + "HttpClientRequestBase", false, loader);
    Class<?> response = Class.forName(PACKAGE + "HttpClientResponseImpl", false, loader);
    Class<?> stream = Class.forName(PACKAGE + "HttpClientStream", false, loader);
    return new Internals(
        open(base.getDeclaredField("context")),
        open(base.getDeclaredField("stream")),
        open(
            response.getDeclaredConstructor(
                base, HttpVersion.class, stream, int.class, String.class, MultiMap.class)),
        open(base.getDeclaredMethod("handleResponse", HttpClientResponse.class)),
        open(response.getDeclaredMethod("handleChunk", Buffer.class)),
        open(trailers(response)),
        end(response));
  }

  /** From 5.1 on by its second name. */
  private static Method trailers(Class<?> response) throws NoSuchMethodException {
    try {
      return response.getDeclaredMethod("handleEnd", MultiMap.class);
    } catch (NoSuchMethodException later) {
      return response.getDeclaredMethod("handleTrailers", MultiMap.class);
    }
  }

  private static @Nullable Method end(Class<?> response) {
    try {
      return open(response.getDeclaredMethod("handleEnd", Void.class));
    } catch (NoSuchMethodException earlier) {
      return null;
    }
  }

  /** Tells a response that there is no more. */
  void end(@Nullable Object answer) throws ReflectiveOperationException {
    trailers.invoke(answer, MultiMap.caseInsensitiveMultiMap());
    if (end != null) {
      end.invoke(answer, (Object) null);
    }
  }

  private static <T extends AccessibleObject> T open(T member) {
    member.setAccessible(true);
    return member;
  }

  /** The context of a request. */
  Context contextOf(Object request) throws IllegalAccessException {
    return (Context) context.get(request);
  }

  /** The interface of streams. */
  Class<?> streamType() {
    return stream.getType();
  }

  /**
   * Gives a stream back that nothing was sent on: to the server it never was, and the pool, which
   * waits for its end, is told of that.
   */
  static void giveBack(Object stream) throws IllegalAccessException {
    Object held = stream;
    for (int depth = 0; held != null && depth < 4; depth++) {
      Field handler = field(held.getClass(), "closeHandler");
      if (handler != null) {
        if (handler.get(held) instanceof Handler<?> pool) {
          pool.handle(null);
        }
        return;
      }
      Field inner = field(held.getClass(), "delegate");
      held = inner == null ? null : inner.get(held);
    }
  }

  private static @Nullable Field field(Class<?> type, String name) {
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      try {
        return open(owner.getDeclaredField(name));
      } catch (NoSuchFieldException inherited) {
        // Perhaps of its superclass.
      }
    }
    return null;
  }
}
