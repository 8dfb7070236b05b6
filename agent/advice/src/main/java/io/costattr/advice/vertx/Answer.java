package io.costattr.advice.vertx;

import io.costattr.core.Log;
import io.costattr.core.exchange.Denial;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the provider's place over HTTP/2: a response of the library's own, behind which
 * stands a stream that brings this and obeys the application's demand. In all else it is the stream
 * that was not used.
 */
final class Answer implements InvocationHandler {
  private static final int BODY = 0;
  private static final int END = 1;

  private final Internals internals;
  private final Object request;
  private final Object stream;
  private final Context context;
  private final Denial denial;
  private @Nullable HttpClientResponse response;
  private int next = BODY;

  // Guarded by this.
  private long demand = Long.MAX_VALUE;

  private Answer(Internals internals, Object request, Denial denial) throws IllegalAccessException {
    this.internals = internals;
    this.request = request;
    this.stream = internals.stream().get(request);
    this.context = internals.contextOf(request);
    this.denial = denial;
  }

  /** Gives it to that request, in its context. */
  static void give(Internals internals, Object request, Denial denial)
      throws IllegalAccessException {
    Answer answer = new Answer(internals, request, denial);
    answer.context.runOnContext(now -> answer.begin());
  }

  private void begin() {
    try {
      Object stand =
          Proxy.newProxyInstance(
              internals.streamType().getClassLoader(),
              new Class<?>[] {internals.streamType()},
              this);
      MultiMap headers = MultiMap.caseInsensitiveMultiMap();
      for (Denial.Header header : denial.headers()) {
        headers.add(header.name(), header.value());
      }
      HttpClientResponse head =
          (HttpClientResponse)
              internals
                  .response()
                  .newInstance(
                      request, HttpVersion.HTTP_2, stand, Denial.STATUS, Denial.REASON, headers);
      response = head;
      internals.head().invoke(request, head);
      context.runOnContext(now -> goOn());
    } catch (ReflectiveOperationException | RuntimeException fault) {
      Log.fault("answering a call of Vert.x", fault);
    }
  }

  /** Gives what is left, as long as there is demand. */
  private void goOn() {
    try {
      while (next <= END && take()) {
        int item = next++;
        if (item == BODY) {
          internals.chunk().invoke(response, Buffer.buffer(denial.body()));
        } else {
          internals.end(response);
          Internals.giveBack(stream);
        }
      }
    } catch (ReflectiveOperationException | RuntimeException fault) {
      Log.fault("answering a call of Vert.x", fault);
    }
  }

  private synchronized boolean take() {
    if (demand <= 0) {
      return false;
    }
    demand -= demand == Long.MAX_VALUE ? 0 : 1;
    return true;
  }

  private synchronized void ask(long more) {
    demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    switch (method.getName()) {
      case "doPause", "pause" -> {
        synchronized (this) {
          demand = 0;
        }
      }
      case "doFetch", "fetch" -> {
        if (arguments != null && arguments[0] instanceof Long more) {
          ask(more);
          context.runOnContext(now -> goOn());
        }
      }
      default -> {
        try {
          return method.invoke(stream, arguments);
        } catch (InvocationTargetException thrown) {
          throw thrown.getCause();
        }
      }
    }
    return method.getReturnType().isInstance(proxy) ? proxy : null;
  }
}
